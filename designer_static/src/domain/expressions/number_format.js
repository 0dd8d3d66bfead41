/** Numbers as the `formatting` of an input writes them. */
import { localeOf } from './dates.js';
import { Decimal } from './decimal.js';
import { isObject } from './paths.js';

/** @typedef {Record<string, any>} Rules */

/** @param {string} text @param {any} formatting @param {string} language @returns {string} unchanged where nothing is asked for */
export function formatNumber(text, formatting, language) {
  if (!isObject(formatting) || !text) return text;
  const rules = rulesOf(formatting, language);
  if (typeof rules.format === 'string')
    return patterned(text, rules.format, String(rules.patternChar || '#'), rules.mask);
  const number = Decimal.parse(text.trim());
  return number ? `${rules.prefix ?? ''}${digits(number, text, rules)}${rules.suffix ?? ''}` : text;
}

/** @param {Rules} formatting @param {string} language the rules of `number`, on top of what a currency or unit means */
function rulesOf(formatting, language) {
  const locale = localeOf(language);
  const sign = signOf(formatting, locale);
  const given = isObject(formatting.number) ? formatting.number : {};
  if (!sign) return given;
  const parts = new Intl.NumberFormat(locale).formatToParts(1234567.5);
  // Where nobody says: "kr 100", but "100 kg".
  const place = formatting.position || (formatting.currency ? 'prefix' : 'suffix');
  const part = (/** @type {string} */ wanted) => parts.find(({ type }) => type === wanted)?.value;
  return {
    thousandSeparator: part('group'),
    decimalSeparator: part('decimal'),
    ...(place === 'suffix' ? { suffix: ` ${sign}` } : { prefix: `${sign} ` }),
    ...given,
  };
}

/** @param {Rules} formatting @param {string} locale */
function signOf({ currency, unit }, locale) {
  if (typeof currency === 'string')
    return partOf('currency', currency, { style: 'currency', currency }, locale);
  if (typeof unit === 'string')
    return partOf('unit', unit, { style: 'unit', unit, unitDisplay: 'short' }, locale);
  return '';
}

/** @param {string} type @param {string} otherwise @param {Intl.NumberFormatOptions} options @param {string} locale */
function partOf(type, otherwise, options, locale) {
  try {
    const parts = new Intl.NumberFormat(locale, options).formatToParts(1);
    return parts.find((part) => part.type === type)?.value ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** @param {Decimal} number @param {string} given @param {Rules} rules */
function digits(number, given, rules) {
  let text = given;
  const scale = rules.decimalScale;
  if (Number.isInteger(scale)) {
    text = number.fixed(scale) ?? given;
    if (rules.fixedDecimalScale !== true && text.includes('.')) text = text.replace(/\.?0+$/, '');
  }
  const sign = text.startsWith('-') ? '-' : '';
  const [whole = '', decimals = ''] = text.slice(sign.length).split('.');
  const separator = rules.thousandSeparator === true ? ',' : rules.thousandSeparator;
  const isGrouped = typeof separator === 'string' && separator && rules.thousandsGroupStyle !== 'none';
  const written = isGrouped ? whole.replace(/\B(?=(?:.{3})+$)/g, () => separator) : whole;
  return sign + written + (decimals && `${rules.decimalSeparator || '.'}${decimals}`);
}

/** @param {string} text @param {string} pattern @param {string} mark @param {any} mask */
function patterned(text, pattern, mark, mask) {
  const left = [...text].filter((sign) => /\p{Nd}/u.test(sign));
  const blank = typeof mask === 'string' ? mask.slice(0, 1) : '';
  let written = '';
  for (const sign of pattern) {
    if (sign !== mark) written += sign;
    else if (left.length || blank) written += left.shift() ?? blank;
    else break;
  }
  return written.trimEnd();
}
