/** Answers as a person reads them: formatted numbers and dates, labels instead of codes. */
import { formatMoment, parseDate } from './dates.js';
import { ExpressionError } from './error.js';
import { formatNumber } from './number_format.js';
import { isObject } from './paths.js';
import { toText } from './values.js';

/** @typedef {import('./form.js').Spot} Spot */

/** @param {Spot} spot @returns {string} the answer in words; "" where there is none */
export function displayValue(spot) {
  const kind = spot.node?.type ?? '';
  const show = Object.hasOwn(WAYS, kind) ? WAYS[kind] : undefined;
  if (!show) throw new ExpressionError(`Component of type '${kind}' does not have a displayValue`);
  return show(spot);
}

/** @param {Spot} spot @param {string[]} chosen values; one without an option is left out */
function labels(spot, chosen) {
  const raw = spot.node?.raw ?? {};
  const given = typeof raw.optionsId === 'string' ? spot.options(raw.optionsId) : raw.options;
  const options = Array.isArray(given) ? given.filter(isObject) : [];
  return options
    .filter(({ value }) => chosen.includes(toText(value) ?? 'null'))
    .map(({ label = '' }) => spot.text(String(label)))
    .join(', ');
}

/** @param {Spot} spot */
const plain = (spot) => toText(spot.answer()) ?? '';

/** @param {Spot} spot */
function own(spot) {
  const given = spot.node?.raw.value;
  return Array.isArray(given) ? spot.evaluate(given) : given;
}

/** @param {any} value @param {Spot} spot */
function number(value, spot) {
  return formatNumber(toText(value) ?? '', spot.node?.raw.formatting, spot.language);
}

/** @param {any} value @param {Spot} spot */
function date(value, spot) {
  try {
    const moment = parseDate(value);
    return moment ? formatMoment(moment, spot.node?.raw.format ?? null, spot.language) : '';
  } catch (error) {
    if (error instanceof ExpressionError) return toText(value) ?? '';
    throw error;
  }
}

/** @param {any} value @param {Spot} spot */
function choice(value, spot) {
  const text = toText(value);
  return text === null ? '' : labels(spot, [text]);
}

/** @param {Spot} spot */
function choices(spot) {
  const text = plain(spot);
  return text ? labels(spot, text.split(',')) : '';
}

/**
 * @param {Spot} spot @param {string | string[]} key of a binding, or all its spellings
 * @returns {string} the first answer that there is, else nothing
 */
const bound = (spot, key) => [key].flat().flatMap((each) => toText(spot.answer(each)) || [])[0] ?? '';

/**
 * @param {string} between @param {(string | string[])[]} keys
 * @returns {(spot: Spot) => string} the answers of several bindings
 */
const several =
  (between, ...keys) =>
  (spot) =>
    keys.flatMap((key) => bound(spot, key) || []).join(between);

/** @param {Spot} spot */
function list(spot) {
  const { summaryBinding, bindingToShowInSummary, dataModelBindings } = spot.node?.raw ?? {};
  const shown = summaryBinding || bindingToShowInSummary;
  // The older property may name the field instead of the key it is bound to.
  const pair = Object.entries(dataModelBindings ?? {}).find((each) => each.includes(shown));
  return pair ? (toText(spot.answer(pair[0])) ?? '') : '';
}

/** @param {Spot} spot */
function files(spot) {
  const elements = spot.form.around.elements ?? [];
  const own = elements.filter(({ dataType }) => dataType === spot.node?.id);
  return own.flatMap(({ filename }) => filename || []).join(', ');
}

/** @type {Record<string, (spot: Spot) => string>} */
const WAYS = {
  Input: (spot) => number(spot.answer(), spot),
  TextArea: plain,
  TimePicker: plain,
  Datepicker: (spot) => date(spot.answer(), spot),
  RadioButtons: (spot) => choice(spot.answer(), spot),
  Dropdown: (spot) => choice(spot.answer(), spot),
  LikertItem: (spot) => choice(spot.answer(), spot),
  Checkboxes: choices,
  MultipleSelect: choices,
  Number: (spot) => number(own(spot), spot),
  Text: (spot) => toText(own(spot)) ?? '',
  Date: (spot) => date(own(spot), spot),
  Option: (spot) => choice(own(spot), spot),
  Address: several(' ', 'address', 'zipCode', 'postPlace'),
  Custom: (spot) => several(', ', ...Object.keys(spot.node?.raw.dataModelBindings ?? {}))(spot),
  List: list,
  FileUpload: files,
  FileUploadWithTag: files,
  ImageUpload: files,
  Map: (spot) =>
    plain(spot)
      .split(',')
      .flatMap((part) => part.trim() || [])
      .join(', '),
  OrganizationLookup: several(
    ', ',
    ['organization_lookup_orgnr', 'orgnr'],
    ['organization_lookup_name', 'name'],
  ),
  OrganisationLookup: several(', ', 'organisation_lookup_orgnr', 'organisation_lookup_name'),
  PersonLookup: several(', ', ['person_lookup_ssn', 'ssn'], ['person_lookup_name', 'fullName']),
};
