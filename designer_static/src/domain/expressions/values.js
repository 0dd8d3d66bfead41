/**
 * The values of expressions and how they turn into one another: null, booleans, numbers, texts, lists and objects.
 * A calculated number that a JavaScript number would not hold exactly stays a Decimal.
 */
import { Decimal } from './decimal.js';
import { ExpressionError } from './error.js';

/** @typedef {any} Value */

const LARGEST = new Decimal(79228162514264337593543950335n, 0);
const NUMBER = /^[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?$/;
// Whole numbers below it are reckoned with and written as they are.
const SHORT = 1e14;

/** @param {Value} value */
export function isNumber(value) {
  return typeof value === 'number' || value instanceof Decimal;
}

/** @param {Value} value */
function isShort(value) {
  return Number.isInteger(value) && value > -SHORT && value < SHORT;
}

/** @param {Value} one @param {Value} other whether both are whole and so small that nothing is rounded */
export function areShort(one, other) {
  return isShort(one) && isShort(other);
}

/** @param {Value} value @returns {string} as it is quoted in messages, and as lists and objects are written */
export function asJson(value) {
  if (isNumber(value)) return toText(value) ?? '';
  if (Array.isArray(value)) return `[${value.map(asJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  return `{${Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}:${asJson(part)}`)}}`;
}

/** @param {Value} value @returns {string} the name of its type in messages */
export function typeName(value) {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'list';
  return value instanceof Decimal ? 'number' : typeof value;
}

/** @param {Value} value @returns {string | null} booleans and null written as text count as what they say */
export function toText(value) {
  if (typeof value === 'string') {
    if (value.length !== 4 && value.length !== 5) return value;
    const word = value.toLowerCase();
    return word === 'null' ? null : word === 'true' || word === 'false' ? word : value;
  }
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean' || isShort(value)) return String(value);
  if (typeof value === 'number') return String(Decimal.of(value));
  return value instanceof Decimal ? String(value) : asJson(value);
}

/** @param {Value} value @returns {boolean} null is false */
export function toBoolean(value) {
  if (typeof value === 'boolean') return value;
  if (value === null || value === undefined) return false;
  if (typeof value === 'string') {
    const text = toText(value);
    if (text === null) return false;
    if (text === 'true' || text === 'false') return text === 'true';
  }
  const number = Number(parsed(value) ?? Number.NaN);
  if (number === 0 || number === 1) return number === 1;
  throw new ExpressionError(`Expected boolean, got value ${asJson(value)}`);
}

/** @param {Value} value @returns {Decimal | null} */
export function toNumber(value) {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' && value.toLowerCase() === 'null') return null;
  const number = parsed(value);
  if (!number) throw new ExpressionError(`Expected number, got value ${asJson(value)}`);
  return number;
}

/** @param {Value} value @returns {Decimal | null} */
function parsed(value) {
  if (typeof value === 'number') return Decimal.of(value);
  if (value instanceof Decimal) return value;
  const text = typeof value === 'string' ? value.trim() : '';
  return NUMBER.test(text) ? Decimal.parse(text) : null;
}

/** @param {Value} value @returns {Decimal} to reckon with; null is 0 */
export function toSummand(value) {
  return inRange(toNumber(value) ?? new Decimal(0n, 0));
}

/** @param {Decimal} number */
export function inRange(number) {
  const { order } = number;
  if (number.coefficient !== 0n && (order > 29 || (order === 28 && isBeyond(number)) || order === 29))
    throw new ExpressionError('Value was either too large or too small for a Decimal.');
  return number;
}

/** @param {Decimal} number */
function isBeyond(number) {
  const size = number.coefficient < 0n ? new Decimal(-number.coefficient, number.exponent) : number;
  return size.compare(LARGEST) > 0;
}

/** @param {Decimal} number a calculated one @returns {Value} a number where that is exact */
export function fromNumber(number) {
  inRange(number);
  const near = Number(number);
  return Decimal.of(near).compare(number) === 0 ? near : number;
}

/** @param {Value} value @returns {Value[]} */
export function toList(value) {
  if (Array.isArray(value)) return value;
  throw new ExpressionError(`Expected argument to be list, got ${typeName(value)}`);
}
