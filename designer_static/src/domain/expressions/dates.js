/** Dates and times in expressions: reading, comparing, and writing in the person's language. */
import { ExpressionError } from './error.js';
import { asJson } from './values.js';

/**
 * A point in time: ms since 1970 in UTC, the microseconds on top of them, and the zone that the text named (minutes).
 * @typedef {{ms: number, micros: number, offset: number, zoned: boolean}} Moment
 */

const SHAPE =
  /^(\d{4})-(\d{2})-(\d{2})(?:[ Tt](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:([Zz])|([+-])(\d{2}):(\d{2}))?)?$/;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** @param {any} value @returns {Moment | null} null for null and blank text */
export function parseDate(value) {
  if (value === null || value === undefined) return null;
  const text = typeof value === 'string' ? value : asJson(value);
  if (typeof value === 'string' && !text.trim()) return null;
  const parts = SHAPE.exec(text);
  if (!parts || typeof value !== 'string')
    throw new ExpressionError(`Unable to parse date "${text}": Unknown format`);
  const moment = momentOf(parts);
  if (moment) return moment;
  const reason = 'Format was recognized, but the date/time is invalid';
  throw new ExpressionError(`Unable to parse date "${text}": ${reason}`);
}

/** @param {RegExpExecArray} parts @returns {Moment | null} */
function momentOf(parts) {
  const number = (/** @type {number} */ place) => Number(parts[place] ?? 0);
  const [year, month, day] = [number(1), number(2), number(3)];
  const [hour, minute, second] = [number(4), number(5), number(6)];
  const fraction = (parts[7] ?? '').padEnd(6, '0');
  const size = number(10) * 60 + number(11);
  const offset = parts[9] === '-' ? -size : size;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists = year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!exists || hour > 23 || minute > 59 || second > 59 || number(11) > 59 || size >= 24 * 60) return null;
  date.setUTCHours(hour, minute, second, Number(fraction.slice(0, 3)));
  return {
    ms: date.getTime() - offset * MINUTE,
    micros: Number(fraction.slice(3, 6)),
    offset,
    zoned: parts[8] !== undefined || parts[9] !== undefined,
  };
}

/** @param {Moment} left @param {Moment} right */
export function isBefore(left, right) {
  sameKind(left, right);
  return left.ms === right.ms ? left.micros < right.micros : left.ms < right.ms;
}

/** @param {Moment} left @param {Moment} right */
export function isSameDay(left, right) {
  sameKind(left, right);
  if (left.offset !== right.offset)
    throw new ExpressionError('Can not figure out if timestamps in different timezones are in the same day');
  return dayOf(left) === dayOf(right);
}

/** @param {Moment} moment */
function dayOf({ ms, offset }) {
  return Math.floor((ms + offset * MINUTE) / DAY);
}

/** @param {Moment} left @param {Moment} right */
function sameKind(left, right) {
  if (left.zoned !== right.zoned)
    throw new ExpressionError('Can not compare timestamps where only one specify timezone');
}

/** @param {Moment} moment @param {string | null} pattern in LDML; null for the usual short one @param {string} language */
export function formatMoment(moment, pattern, language) {
  const locale = localeOf(language);
  const chosen = pattern || (isNorwegian(language) ? 'dd.MM.yyyy' : 'M/d/yy');
  return chosen.replace(/([a-zA-Z])\1*/g, (token) => tokenText(token, moment, locale));
}

/** @param {string} language */
export function localeOf(language) {
  const asked = language === 'no' ? 'nb' : language;
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(asked)[0] ?? 'nb';
  } catch {
    return 'nb';
  }
}

/** @param {string} language */
function isNorwegian(language) {
  return ['nb', 'nn', 'no'].includes(language);
}

/** @type {(string | undefined)[]} by the length of a token */
const WIDTHS = [undefined, 'short', 'short', 'short', 'long', 'narrow', 'short'];

/** @param {string} token @param {Moment} moment @param {string} locale */
function tokenText(token, moment, locale) {
  const at = new Date(moment.ms);
  const { length } = token;
  const year = at.getUTCFullYear();
  const digits = (/** @type {number} */ number) => String(number).padStart(length, '0');
  const named = (/** @type {string} */ part, /** @type {Intl.DateTimeFormatOptions} */ options) => {
    const parts = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }).formatToParts(at);
    return parts.find(({ type }) => type === part)?.value ?? '';
  };
  const width = /** @type {'short' | 'long' | 'narrow'} */ (WIDTHS[length] ?? 'long');
  switch (token[0]) {
    case 'G':
      if (isNorwegian(locale) && length === 5) return 'e.Kr.';
      return named('era', { era: width, year: 'numeric' });
    case 'y':
    case 'u':
      if (token === 'yy') return String(year % 100).padStart(2, '0');
      return String(year).padStart(length > 3 ? length : 1, '0');
    case 'M':
      if (length < 3) return digits(at.getUTCMonth() + 1);
      return named('month', { month: width, ...(length === 4 && { day: 'numeric' }) }).replace(/\.$/, '');
    case 'E':
      return named('weekday', { weekday: width }).replace(/\.$/, '');
    case 'a':
      if (isNorwegian(locale)) return at.getUTCHours() < 12 ? 'a.m.' : 'p.m.';
      return named('dayPeriod', { hour: 'numeric', hour12: true });
    case 'd':
      return digits(at.getUTCDate());
    case 'h':
      return digits(at.getUTCHours() % 12 || 12);
    case 'H':
      return digits(at.getUTCHours());
    case 'm':
      return digits(at.getUTCMinutes());
    case 's':
      return digits(at.getUTCSeconds());
    case 'S':
      return digits(Math.round(((at.getUTCMilliseconds() * 1000 + moment.micros) / 1e6) * 10 ** length));
  }
  return token;
}
