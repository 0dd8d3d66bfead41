/** Logic, comparing, arithmetic, text and lists: what asks nothing of the place it stands in. */
import { declare } from './compile.js';
import { formatMoment, isBefore, isSameDay, parseDate } from './dates.js';
import { Decimal } from './decimal.js';
import { ExpressionError } from './error.js';
import { answer } from './jmespath.js';
import { isObject } from './paths.js';
import { areShort, fromNumber, inRange, toBoolean, toList, toNumber, toSummand, toText } from './values.js';

/** @typedef {import('./values.js').Value} Value */
/** @typedef {import('./dates.js').Moment} Moment */

const ANY = Number.POSITIVE_INFINITY;
const INVALID = 'Invalid number of args: ';
const MOST_DECIMALS = 28;
const LONGEST = 1_000_000; // characters
const NOTHING = new Decimal(0n, 0);

/** @param {number} least @param {number} most @param {import('./compile.js').Run} run */
const fn = (least, most, run) => ({ least, most, run });

/** @param {(order: number) => boolean} decide @returns {(left: Value, right: Value) => boolean} */
function ordered(decide) {
  return (left, right) => {
    if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) return decide(left - right);
    const [first, second] = [toNumber(left), toNumber(right)];
    return first !== null && second !== null && decide(first.compare(second));
  };
}

/** @param {(left: Moment, right: Moment) => boolean} decide @returns {(left: Value, right: Value) => boolean} */
function dated(decide) {
  return (left, right) => {
    const [first, second] = [parseDate(left), parseDate(right)];
    return first !== null && second !== null && decide(first, second);
  };
}

const NUMBERS = {
  greaterThan: ordered((order) => order > 0),
  greaterThanEq: ordered((order) => order >= 0),
  lessThan: ordered((order) => order < 0),
  lessThanEq: ordered((order) => order <= 0),
};

/** @type {Record<string, (left: Value, right: Value) => boolean>} */
const OPERATORS = {
  equals: (left, right) => toText(left) === toText(right),
  ...NUMBERS,
  isBefore: dated(isBefore),
  isBeforeEq: dated((left, right) => !isBefore(right, left)),
  isAfter: dated((left, right) => isBefore(right, left)),
  isAfterEq: dated((left, right) => !isBefore(left, right)),
  isSameDay: dated(isSameDay),
};

/** @param {Value[]} args @returns {number} how many are true; each is looked at, so that an error anywhere is an error */
function count(args) {
  let found = 0;
  for (const arg of args) if (toBoolean(arg)) found += 1;
  return found;
}

/** @param {any[]} args */
function checkCompare(args) {
  if (args.length === 4 && args[1] !== 'not')
    throw new ExpressionError('Second argument must be "not" when providing 4 arguments in total');
  const name = args.at(-2);
  if (typeof name !== 'string')
    throw new ExpressionError('Invalid operator (it cannot be an expression or null)');
  if (!Object.hasOwn(OPERATORS, name))
    throw new ExpressionError(
      `Invalid operator "${name}", valid operators are ${Object.keys(OPERATORS).join(', ')}`,
    );
}

/** @param {any[]} args */
function checkIf(args) {
  if (args.length > 2 && args[2] !== 'else')
    throw new ExpressionError('Expected third argument to be "else"');
  if (args.length !== 2 && args.length !== 4)
    throw new ExpressionError(`Expected either 2 arguments (if) or 4 (if + else), got ${args.length}`);
}

declare({
  if: {
    ...fn(0, ANY, ([condition, then, , otherwise]) => (toBoolean(condition) ? then : (otherwise ?? null))),
    check: checkIf,
  },
  // Each argument is cast, also behind the one that decides: it may be an error.
  and: fn(1, ANY, (args) => count(args) === args.length),
  or: fn(1, ANY, (args) => count(args) > 0),
  not: fn(1, 1, ([value]) => !toBoolean(value)),
  equals: fn(2, 2, ([left, right]) => toText(left) === toText(right)),
  notEquals: fn(2, 2, ([left, right]) => toText(left) !== toText(right)),
  ...Object.fromEntries(
    Object.entries(NUMBERS).map(([name, test]) => [name, fn(2, 2, ([left, right]) => test(left, right))]),
  ),
  compare: {
    ...fn(3, 4, (args) => {
      const result = OPERATORS[args.at(-2)]?.(args[0], args.at(-1)) ?? false;
      return args.length === 4 ? !result : result;
    }),
    check: checkCompare,
  },
});

/** @param {Value[]} numbers */
const total = (numbers) => numbers.map(toSummand).reduce((sum, number) => sum.plus(number), NOTHING);

declare({
  plus: {
    ...fn(1, ANY, (args) =>
      args.length === 2 && areShort(args[0], args[1]) ? args[0] + args[1] : fromNumber(total(args)),
    ),
    prefix: INVALID,
  },
  multiply: {
    ...fn(1, ANY, (args) =>
      fromNumber(
        args.map(toSummand).reduce((product, factor) => inRange(product.times(factor)), new Decimal(1n, 0)),
      ),
    ),
    prefix: INVALID,
  },
  minus: {
    ...fn(2, 2, ([left, right]) =>
      areShort(left, right) ? left - right : fromNumber(toSummand(left).minus(toSummand(right))),
    ),
    prefix: INVALID,
  },
  divide: {
    ...fn(2, 2, ([left, right]) => {
      const [dividend, divisor] = [toSummand(left), toSummand(right)];
      if (divisor.coefficient === 0n)
        throw new ExpressionError('The second argument is 0, cannot divide by 0');
      return fromNumber(dividend.over(divisor));
    }),
    prefix: INVALID,
  },
  sum: fn(1, 1, ([list]) => fromNumber(total(toList(list)))),
  average: fn(2, 2, ([list, fallback]) => {
    const items = toList(list);
    if (items.length) return fromNumber(total(items).over(new Decimal(BigInt(items.length), 0)));
    const number = toNumber(fallback);
    return number && fromNumber(number);
  }),
  count: fn(1, 1, ([list]) => toList(list).length),
  round: fn(1, 2, ([value, places]) => {
    const decimals = Math.trunc(Number(toSummand(places)));
    if (decimals < 0 || decimals > MOST_DECIMALS)
      throw new ExpressionError(`Cannot round to ${decimals} decimals`);
    const text = toSummand(value).fixed(decimals);
    if (text === null) throw new ExpressionError('The number is too large to be rounded');
    return text;
  }),
});

/** @param {(text: string, part: string) => boolean} test @param {boolean} whenNull */
function textTest(test, whenNull) {
  return fn(2, 2, (args) => {
    const [text, part] = args.map(toText);
    return typeof text === 'string' && typeof part === 'string' ? test(text, part) : whenNull;
  });
}

/** @param {(text: string) => string} change */
function changed(change) {
  return fn(1, 1, ([value]) => {
    const text = toText(value);
    return text === null ? null : change(text);
  });
}

/** @param {string} text @param {(letter: string) => string} change */
function withFirst(text, change) {
  const first = String.fromCodePoint(...(text ? [/** @type {number} */ (text.codePointAt(0))] : []));
  return change(first) + text.slice(first.length);
}

/** @param {Value} value @returns {Value} with numbers as JSON has them */
function plainJson(value) {
  if (value instanceof Decimal) return Number(value);
  return Array.isArray(value) ? value.map(plainJson) : value;
}

/** @param {string} text */
function limited(text) {
  if (text.length > LONGEST) throw new ExpressionError('The text is too long');
  return text;
}

declare({
  concat: fn(0, ANY, (args) => limited(args.map((value) => toText(value) ?? '').join(''))),
  contains: textTest((text, part) => text.includes(part), false),
  notContains: textTest((text, part) => !text.includes(part), true),
  startsWith: textTest((text, part) => text.startsWith(part), false),
  endsWith: textTest((text, part) => text.endsWith(part), false),
  commaContains: textTest((text, part) => text.split(',').some((item) => item.trim() === part), false),
  upperCase: changed((text) => text.toUpperCase()),
  lowerCase: changed((text) => text.toLowerCase()),
  upperCaseFirst: changed((text) => withFirst(text, (letter) => letter.toUpperCase())),
  lowerCaseFirst: changed((text) => withFirst(text, (letter) => letter.toLowerCase())),
  stringLength: fn(1, 1, ([value]) => (toText(value) ?? '').length),
  stringIndexOf: fn(2, 2, (args) => {
    const [text, part] = args.map(toText);
    const place = text && part ? text.indexOf(part) : -1;
    return place < 0 ? null : place;
  }),
  stringSlice: fn(2, 3, ([value, ...given]) => {
    const text = toText(value);
    const places = given.map(toNumber);
    if (places.includes(null))
      throw new ExpressionError(
        `${places[0] === null ? 'Start' : 'End'} index cannot be null (if you used an expression like stringIndexOf here, make sure to guard against null)`,
      );
    // Half a character is no character.
    return text === null ? null : text.slice(...places.map(Number)).replace(/\p{Surrogate}/gu, '\uFFFD');
  }),
  stringReplace: fn(3, 3, (args) => {
    const [text, part, put] = args.map(toText);
    if (!text || !part) return null;
    const pieces = text.split(part);
    if (text.length + (pieces.length - 1) * (put ?? '').length > LONGEST)
      throw new ExpressionError('The text is too long');
    return pieces.join(put ?? '');
  }),
  formatDate: fn(1, 2, ([value, pattern], { language }) => {
    const moment = parseDate(value);
    return moment && formatMoment(moment, toText(pattern), language);
  }),
  list: fn(0, ANY, (args) => args),
  object: fn(0, ANY, (args) => {
    if (args.length % 2)
      throw new ExpressionError('The object function must have an even number of arguments');
    /** @type {Map<string, Value>} */
    const made = new Map();
    for (let place = 0; place < args.length; place += 2) {
      const key = args[place];
      if (typeof key !== 'string') throw new ExpressionError('Object keys must be strings');
      if (made.has(key)) throw new ExpressionError('Object keys must be unique');
      made.set(key, args[place + 1]);
    }
    return Object.fromEntries(made);
  }),
  jmespath: fn(2, 2, ([value, query]) => {
    if (typeof query !== 'string') throw new ExpressionError('Expected argument to be string');
    try {
      return answer(query, plainJson(value));
    } catch (error) {
      const reason = error instanceof Error ? error.message : error;
      throw new ExpressionError(`Jmespath error: ${reason}`);
    }
  }),
  _experimentalSelectAndMap: fn(2, 5, ([path, name, before, after, toLast], context) => {
    const withLast = toLast === null || toLast === undefined || toBoolean(toLast);
    const [prepended, appended] = [toText(before) ?? '', toText(after) ?? ''];
    const found = context.data(toText(path) ?? '', null);
    const rows = Array.isArray(found) ? found.filter(isObject) : [];
    const parts = rows.map((row, place) => {
      const end = withLast || place < rows.length - 1 ? appended : '';
      return `${prepended}${toText(row[name]) ?? ''}${end}`;
    });
    return parts.join(' ');
  }),
});
