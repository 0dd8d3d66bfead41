/**
 * What a person means by a text in a field, as the server reads it (studio/definition/data_model/input.py), and what a field
 * shows of a value that was worked out.
 */
import { formatNumber } from './expressions/number_format.js';
import { isNumber, toText } from './expressions/values.js';

/**
 * How a field is read: `group` and `point` of its format. Where its value is worked out, `formatting` and what stands `before`
 * and `after` the input are there as well.
 * @typedef {{as: 'text' | 'lines' | 'choices' | 'day' | 'moment', kind: string, group?: string, point?: string,
 *   formatting?: any, before?: string, after?: string}} Control
 */

const MOST_DIGITS = 15; // what a JavaScript number holds exactly
const WORDS = { true: ['true', 'on', '1', 'ja', 'yes'], false: ['false', 'off', '0', 'nei', 'no'] };

/**
 * @param {string[]} texts what the page would send for the field @param {Control} control
 * @returns {any} the value; undefined where the server has to say, as for what is no value of the field
 */
export function typedValue(texts, { as, kind, group, point }) {
  if (as === 'choices') return texts.join(',') || null;
  const [text = ''] = texts;
  if (as === 'lines') return text.replaceAll('\r\n', '\n') || null;
  if (as === 'day' || as === 'moment') return dayValue(text, as === 'moment');
  const bare = (point ? (group ? text.replaceAll(group, '') : text).replace(point, '.') : text).trim();
  if (!bare) return null;
  if (kind === 'number' || kind === 'integer') return numberValue(bare, kind === 'integer');
  if (kind === 'boolean') return booleanValue(bare.toLowerCase());
  return kind === 'string' ? bare.replaceAll('\r\n', '\n') : undefined;
}

/** @param {string} text as fields for dates have it @param {boolean} isMoment */
function dayValue(text, isMoment) {
  if (!text) return null;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  return isMoment ? `${text}T00:00:00.000Z` : text;
}

/** @param {string} text @param {boolean} isWhole */
function numberValue(text, isWhole) {
  const compact = text.replace(/\s/g, '').replace('\u2212', '-');
  if (!/^[+-]?(\d+([.,]\d*)?|[.,]\d+)$/.test(compact)) return undefined;
  if (compact.replace(/\D/g, '').length > MOST_DIGITS) return undefined;
  const number = Number(compact.replace(',', '.'));
  return isWhole && !Number.isInteger(number) ? undefined : number;
}

/** @param {string} text */
function booleanValue(text) {
  if (WORDS.true.includes(text)) return true;
  return WORDS.false.includes(text) ? false : undefined;
}

/**
 * @param {any} value of the field @param {Control} control @param {string} language
 * @returns {string | undefined} what its input shows; undefined where the server has to say
 */
export function shownText(value, { as, formatting, before = '', after = '' }, language) {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : isWritten(value) ? toText(value) : null;
  if (text === null) return undefined;
  if (as === 'day' || as === 'moment') return /^\d{4}-\d{2}-\d{2}/.test(text) ? text.slice(0, 10) : undefined;
  if (as !== 'text' || !formatting) return text;
  let shown = formatNumber(text, formatting, language).trim();
  if (before && shown.startsWith(before)) shown = shown.slice(before.length).trim();
  if (after && shown.endsWith(after)) shown = shown.slice(0, -after.length).trim();
  return shown;
}

/** @param {any} value whether it is a yes or no, or a number that is written without an exponent */
function isWritten(value) {
  return typeof value === 'boolean' || (isNumber(value) && !toText(value)?.includes('E'));
}
