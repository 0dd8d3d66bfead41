/**
 * What an app says about its fields, put to the answers: the rules that they must keep, and the fields that are worked out.
 * The files behind it are read by the server (studio/definition/rules); it hands over what they come to.
 */
import { ExpressionError } from './expressions/error.js';
import { Spot } from './expressions/form.js';
import { isObject, lookup, split } from './expressions/paths.js';
import { fromNumber, isNumber, toBoolean, toNumber, toText } from './expressions/values.js';

/** @typedef {import('./expressions/form.js').Form} Form */
/** @typedef {'error' | 'warning' | 'info' | 'success'} Severity */
/** @typedef {{condition: any, message: any, severity: Severity}} Rule */
/** @typedef {{severity: Severity, text: string}} Issue */
/** `rows`: how many lists are around the field, where that is known. @typedef {{type: string, path: string, expression: any, kind: string, rows: number | null}} Calculation */

const MOST_ROUNDS = 20;

/** @param {any} data @param {string} path without indexes @returns {string[]} the field in every row that is there */
export function places(data, path) {
  /** @type {[at: string, holder: any][]} */
  let found = [['', data]];
  const names = path.split('.');
  for (const [depth, name] of names.entries())
    found = found.flatMap(([at, holder]) => {
      const inside = isObject(holder) && Object.hasOwn(holder, name) ? holder[name] : null;
      const here = at ? `${at}.${name}` : name;
      if (!Array.isArray(inside) || depth === names.length - 1)
        return [/** @type {[string, any]} */ ([here, inside])];
      return inside.map((row, index) => /** @type {[string, any]} */ ([`${here}[${index}]`, row]));
    });
  return found.map(([at]) => at);
}

/** @param {Form} form @param {string} dataType @param {string} place with indexes @returns {Spot} where a rule about a field stands */
export function spotOfField(form, dataType, place) {
  const end = place.lastIndexOf(']') + 1;
  const segments = end ? split(place.slice(0, end)) : [];
  const rows = segments.flatMap(([, index]) => (index === null ? [] : [index]));
  const spot = new Spot(form, null, '', rows, { dataType, segments });
  spot.positional = [place];
  spot.named = { field: place };
  spot.defaultName = 'field';
  return spot;
}

/**
 * @param {Form} form @param {string} dataType @param {string} place with indexes @param {Rule[]} rules of the field
 * @returns {Issue[]} what is wrong with the answer; an empty one keeps every rule, and a rule that fails is passed over
 */
export function brokenRules(form, dataType, place, rules) {
  const value = lookup(form.around.models[dataType], split(place));
  if (value === null || value === undefined || value === '') return [];
  const spot = spotOfField(form, dataType, place);
  return rules
    .filter(({ condition }) => holds(spot, condition))
    .map(({ message, severity }) => {
      const key = spot.textValue(message) ?? '';
      return { severity, text: spot.text(key) };
    });
}

/** @param {Spot} spot @param {any} condition */
function holds(spot, condition) {
  return tried(() => toBoolean(spot.evaluate(condition)), false);
}

/** @template T @param {() => T} act @param {T} otherwise what is given where an expression fails @returns {T} */
function tried(act, otherwise) {
  try {
    return act();
  } catch (error) {
    if (error instanceof ExpressionError) return otherwise;
    throw error;
  }
}

/**
 * Work out fields in every row, in the data of the form, until nothing changes.
 * @param {Form} form @param {Calculation[]} calculations in their order @returns {[dataType: string, place: string][]} what is another value now
 */
export function calculate(form, calculations) {
  /** @type {Map<string, [string, string]>} */
  const all = new Map();
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const changed = calculations.flatMap((each) => {
      const data = form.around.models[each.type];
      return places(data, each.path)
        .filter((place) => isWhole(place, each) && workOut(form, each, place))
        .map((place) => /** @type {[string, string]} */ ([each.type, place]));
    });
    for (const each of changed) all.set(each.join('::'), each);
    if (!changed.length) break;
  }
  return [...all.values()];
}

/** @param {string} place @param {Calculation} calculation whether the place names one row of each list around the field */
function isWhole(place, { rows }) {
  return rows === null || (place.match(/\[/g) ?? []).length === rows;
}

/** @param {Form} form @param {Calculation} calculation @param {string} place @returns {boolean} whether the field is another now */
function workOut(form, { type, expression, kind }, place) {
  const data = form.around.models[type];
  const before = lookup(data, split(place)) ?? null;
  const value = tried(
    () => fitted(spotOfField(form, type, place).evaluate(expression), kind, before),
    undefined,
  );
  if (value === undefined || isSame(value, before) || !put(data, place, value)) return false;
  form.forget();
  return true;
}

/** @param {any} one @param {any} other */
function isSame(one, other) {
  return one === other || (isNumber(one) && isNumber(other) && toText(one) === toText(other));
}

/** @param {any} result @param {string} kind of the field @param {any} before what the field held @returns {any} the result as a value of the field */
export function fitted(result, kind, before = null) {
  const wanted = kind === 'any' ? kindOf(before) : kind;
  if (result === null || result === undefined) return null;
  if (wanted === 'any') return result;
  if (wanted === 'group' || (isObject(result) && !isNumber(result)) || Array.isArray(result))
    throw new ExpressionError('The result does not fit into the field');
  if (wanted === 'boolean') return toBoolean(result);
  if (wanted !== 'number' && wanted !== 'integer') return toText(result);
  const number = toNumber(result);
  const value = number && fromNumber(number);
  if (wanted === 'integer' && value !== null && !Number.isInteger(Number(value)))
    throw new ExpressionError('The result is not a whole number');
  return value;
}

/** @param {any} value what a field held, where its data model does not say what it holds */
function kindOf(value) {
  if (isNumber(value)) return 'number';
  return typeof value === 'string' || typeof value === 'boolean' ? typeof value : 'any';
}

/** @param {any} data @param {string} place @param {any} value null takes it away @returns {boolean} false where a row on the way is not there */
export function put(data, place, value) {
  const segments = [...split(place)];
  const last = segments.pop();
  if (!last || last[1] !== null) return false;
  let holder = data;
  for (const [name, row] of segments) {
    if (row === null && (holder[name] === null || holder[name] === undefined)) holder[name] = {};
    holder = lookup(holder, [[name, row]]);
    if (!isObject(holder)) return false;
  }
  if (value === null) delete holder[last[0]];
  else holder[last[0]] = value;
  return true;
}
