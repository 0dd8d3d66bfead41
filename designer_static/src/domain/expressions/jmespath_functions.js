/** The functions of JMESPath. */
import { isObject } from './paths.js';
import { toText } from './values.js';

/** @typedef {(value: any) => any} Query */

/** @param {any} value @returns {boolean} whether it counts as true: empty texts, lists and objects do not */
export function isTrue(value) {
  if (value === null || value === undefined || value === false || value === '') return false;
  return Array.isArray(value) ? value.length > 0 : !isObject(value) || Object.keys(value).length > 0;
}

/** @param {any} one @param {any} two @returns {boolean} */
export function sameAs(one, two) {
  if (Array.isArray(one) && Array.isArray(two))
    return one.length === two.length && one.every((item, place) => sameAs(item, two[place]));
  if (!isObject(one) || !isObject(two)) return (one ?? null) === (two ?? null);
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(two).length &&
    keys.every((key) => Object.hasOwn(two, key) && sameAs(one[key], two[key]))
  );
}

/** @param {any} value */
function typeOf(value) {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'function' ? 'expref' : typeof value;
}

/** @param {any} value @returns {string} its type, and for a list of one kind what is in it: "array-number" */
function kindOf(value) {
  if (!Array.isArray(value)) return typeOf(value);
  const kinds = new Set(value.map(typeOf));
  if (!kinds.size) return 'array array-number array-string';
  return kinds.size > 1 ? 'array' : `array array-${[...kinds][0]}`;
}

/** @param {any} one @param {any} two */
const order = (one, two) => (one < two ? -1 : one > two ? 1 : 0);

/** @param {any[]} list @param {Query} key @returns {[any, any][]} items with what they are ordered by */
function keyed(list, key) {
  const pairs = list.map((item) => /** @type {[any, any]} */ ([item, key(item)]));
  const kinds = new Set(pairs.map(([, by]) => typeOf(by)));
  if (kinds.size > 1 || (kinds.size === 1 && !kinds.has('number') && !kinds.has('string')))
    throw new Error('invalid type for what is ordered by');
  return pairs;
}

/** @param {any[]} list @param {Query} key @param {1 | -1} way the first of the greatest or the least */
function extreme(list, key, way) {
  const [first, ...others] = keyed(list, key);
  if (!first) return null;
  return others.reduce((best, each) => (order(each[1], best[1]) * way > 0 ? each : best), first)[0];
}

/** @param {any} value @returns {any} */
const itself = (value) => value;

const ORDERED = ['array-number|array-string'];
/** What each argument may be, "…" for any number of the last, and what the function does. @type {Record<string, [string[], (...args: any[]) => any]>} */
const FUNCTIONS = {
  abs: [['number'], Math.abs],
  avg: [['array-number'], (list) => (list.length ? total(list) / list.length : null)],
  ceil: [['number'], Math.ceil],
  contains: [
    ['array|string', ''],
    (all, part) =>
      Array.isArray(all)
        ? all.some((item) => sameAs(item, part))
        : typeof part === 'string' && all.includes(part),
  ],
  ends_with: [['string', 'string'], (text, end) => text.endsWith(end)],
  floor: [['number'], Math.floor],
  join: [['string', 'array-string'], (between, list) => list.join(between)],
  keys: [['object'], Object.keys],
  length: [
    ['string|array|object'],
    (all) => (typeof all === 'string' ? [...all] : Array.isArray(all) ? all : Object.keys(all)).length,
  ],
  map: [['expref', 'array'], (query, list) => list.map((/** @type {any} */ item) => query(item) ?? null)],
  max: [ORDERED, (list) => extreme(list, itself, 1)],
  max_by: [['array', 'expref'], (list, key) => extreme(list, key, 1)],
  merge: [['object', '…'], (...all) => Object.fromEntries(all.flatMap(Object.entries))],
  min: [ORDERED, (list) => extreme(list, itself, -1)],
  min_by: [['array', 'expref'], (list, key) => extreme(list, key, -1)],
  not_null: [['', '…'], (...all) => all.find((value) => typeOf(value) !== 'null') ?? null],
  reverse: [
    ['string|array'],
    (all) => (typeof all === 'string' ? [...all].reverse().join('') : [...all].reverse()),
  ],
  sort: [ORDERED, (list) => [...list].sort(order)],
  sort_by: [
    ['array', 'expref'],
    (list, key) =>
      keyed(list, key)
        .sort((one, two) => order(one[1], two[1]))
        .map(([item]) => item),
  ],
  starts_with: [['string', 'string'], (text, start) => text.startsWith(start)],
  sum: [['array-number'], total],
  to_array: [[''], (value) => (Array.isArray(value) ? value : [value])],
  to_number: [
    [''],
    (value) => {
      if (typeof value === 'number') return value;
      const number = typeof value === 'string' && value.trim() ? Number(value) : Number.NaN;
      return Number.isFinite(number) ? number : null;
    },
  ],
  to_string: [[''], (value) => (typeof value === 'string' ? value : (toText(value) ?? 'null'))],
  type: [[''], typeOf],
  values: [['object'], Object.values],
};

/** @param {number[]} list @returns {number} */
function total(list) {
  return list.reduce((sum, each) => sum + each, 0);
}

/** @param {string} name @param {any[]} args @returns {any} what a function gives; throws an Error */
export function call(name, args) {
  const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (!known) throw new Error(`Unknown function: ${name}()`);
  const [kinds, run] = known;
  const isOpen = kinds.at(-1) === '…';
  const least = isOpen ? kinds.length - 1 : kinds.length;
  if (args.length < least || (!isOpen && args.length > least))
    throw new Error(`Expected ${least} arguments for function ${name}(), received ${args.length}`);
  for (const [place, arg] of args.entries()) {
    const allowed = (isOpen ? kinds[0] : kinds[place]) ?? '';
    if (
      allowed &&
      !kindOf(arg)
        .split(' ')
        .some((kind) => allowed.split('|').includes(kind))
    )
      throw new Error(
        `In function ${name}(), invalid type for value: expected ${allowed}, received ${typeOf(arg)}`,
      );
  }
  return run(...args) ?? null;
}
