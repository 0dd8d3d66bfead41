/** Looking around: data, components, texts, the instance, settings, options, links. */
import { declare } from './compile.js';
import { ExpressionError } from './error.js';
import { isObject } from './paths.js';
import { toBoolean, toNumber, toText } from './values.js';

/** @typedef {import('./values.js').Value} Value */

/** @param {number} least @param {number} most @param {import('./compile.js').Run} run */
const fn = (least, most, run) => ({ least, most, run });

/** @param {Value} value */
function componentId(value) {
  const id = toText(value);
  if (id === null) throw new ExpressionError('Cannot lookup component null');
  return id;
}

/** @param {any[]} args */
function checkDataType(args) {
  if (args.length === 2 && args[1] !== null && typeof args[1] !== 'string')
    throw new ExpressionError('The data type must be a string (expressions cannot be used here)');
}

/** @param {any[]} args */
function checkOptionsId([id]) {
  if (typeof id !== 'string')
    throw new ExpressionError('Expected the first argument to be a string (expressions cannot be used here)');
}

/** @param {any} found @param {string} part */
function member(found, part) {
  if (Array.isArray(found) && /^\d+$/.test(part)) return found[Number(part)];
  return isObject(found) && Object.hasOwn(found, part) ? found[part] : null;
}

/** @param {string} address @param {string} kind @param {string} text may hold markup of the app; the address may not */
function link(address, kind, text) {
  const quoted = address.replace(/["'<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return `<a href="${quoted}" data-link-type="${kind}">${text}</a>`;
}

declare({
  dataModel: {
    ...fn(1, 2, ([path, dataType], context) => {
      const wanted = toText(path);
      if (wanted === null) throw new ExpressionError('Cannot lookup dataModel null');
      return context.data(wanted, dataType ?? null);
    }),
    check: checkDataType,
    quick: ([path, dataType = null]) => {
      const wanted = toText(path);
      return wanted === null ? null : (context) => context.data(wanted, dataType);
    },
  },
  component: fn(1, 1, ([id], context) => context.component(componentId(id))),
  displayValue: fn(1, 1, ([id], context) => context.displayValue(componentId(id))),
  optionLabel: {
    ...fn(2, 2, ([id, value], context) => {
      const options = context.options(id);
      if (!options) throw new ExpressionError(`Could not find options with id "${id}"`);
      const wanted = toText(value);
      const label = options.find((option) => toText(option.value) === wanted)?.label ?? null;
      return label === null ? null : context.text(String(label));
    }),
    check: checkOptionsId,
  },
  text: fn(1, 1, ([value], context) => {
    const key = toText(value);
    return key === null ? null : context.text(key);
  }),
  instanceContext: fn(1, 1, ([key], context) => context.instance(toText(key) ?? '')),
  frontendSettings: fn(1, 1, ([value], context) => {
    const key = toText(value);
    if (key === null) throw new ExpressionError("Value cannot be null. (Parameter 'key')");
    return context.setting(key);
  }),
  authContext: fn(1, 1, ([action], context) => context.may(toText(action) ?? '')),
  countDataElements: fn(1, 1, ([value], context) => {
    const dataType = toText(value);
    if (dataType === null) throw new ExpressionError('Expected dataType argument to be a string');
    return context.countElements(dataType);
  }),
  externalApi: fn(2, 2, (args, context) => {
    const [api, path] = args.map(toText);
    if (!api || !path) return null;
    const parts = path.replaceAll('[', '.').replaceAll(']', '').split('.');
    const found = parts.reduce(member, context.external(api));
    return typeof found === 'object' ? null : toText(found);
  }),
  gatewayAction: fn(0, 0, (_args, context) => context.gatewayAction),
  language: fn(0, 0, (_args, context) => context.language),
  argv: fn(1, 1, ([value], { positional }) => {
    if (!positional?.length) throw new ExpressionError('No positional arguments available');
    const place = toNumber(value);
    const index = place === null ? -1 : Number(place);
    if (!(index >= 0 && index < positional.length)) throw new ExpressionError(`Index ${place} out of range`);
    return positional[Math.trunc(index)];
  }),
  value: fn(0, 1, (args, { named, defaultName }) => {
    if (!named) throw new ExpressionError('No value arguments available');
    const key = args.length ? args[0] : defaultName;
    if (typeof key !== 'string')
      throw new ExpressionError(`Invalid key (expected string, got ${key ?? 'null'})`);
    if (!Object.hasOwn(named, key))
      throw new ExpressionError(`Unknown key ${key}, Valid keys are: ${Object.keys(named).join(', ')}`);
    return named[key];
  }),
  linkToPage: fn(2, 3, ([given, wanted, back], context) => {
    const [text, page] = [toText(given), toText(wanted)];
    if (text === null || page === null) return null;
    return link(context.pageLink(page, null, toBoolean(back)), 'LinkToPotentialPage', text);
  }),
  linkToComponent: fn(2, 3, ([given, wanted, back], context) => {
    const [text, id] = [toText(given), toText(wanted)];
    if (text === null || id === null) return null;
    const [page, indexedId] = context.pageOf(id);
    return link(context.pageLink(page, indexedId, toBoolean(back)), 'LinkToPotentialNode', text);
  }),
});
