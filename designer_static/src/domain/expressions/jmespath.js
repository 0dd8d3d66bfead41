/**
 * JMESPath, the language of queries in JSON (jmespath.org), as expressions use it. A query becomes a closure: the parser is
 * one of operator precedence, as the grammar of JMESPath prescribes.
 */
import { call, isTrue, sameAs } from './jmespath_functions.js';
import { isObject } from './paths.js';

/** A query, and how many times over it gives what it is given, at the most (1 where it is not said). */
/** @typedef {((value: any) => any) & {growth?: number}} Query */
/** @typedef {{type: string, value?: any}} Token */

const TOKEN =
  /\s+|([A-Za-z_]\w*)|("(?:\\.|[^"\\])*")|('(?:\\'|[^'])*')|(`(?:\\`|[^`])*`)|(-?\d+)|(\[\]|\[\?|\|\||&&|[=!<>]=|[.*,:[\]{}()@<>!|&])/gy;
const MERGES = ['', 'name', 'quoted', 'literal', 'literal', 'number'];
// How strongly a token holds on to what stands before it; below STOP a projection ends.
/** @type {Record<string, number>} */
const POWER = {
  '|': 1,
  '||': 2,
  '&&': 3,
  '==': 5,
  '!=': 5,
  '<': 5,
  '>': 5,
  '<=': 5,
  '>=': 5,
  '[]': 9,
  '*': 20,
  '[?': 21,
  '.': 40,
  '!': 45,
  '{': 50,
  '[': 55,
  '(': 60,
};
const STOP = 10;
// The bounds are those of studio/definition/queries.py, with the same words.
const MOST_GROWTH = 1000;
const MOST_OPERATORS = 200;
const OPERATORS = new Set(Object.keys(POWER).filter((type) => type !== '.')).add('&');
const TOO_DEEP = 'The query is nested too deeply';
/** @type {Query} */
const same = (value) => value;

/** @type {Map<string, Query>} */
const known = new Map();
const MOST_KNOWN = 200;

/** @param {string} query @param {any} value plain JSON @returns {any} throws an Error for what cannot be carried out */
export function answer(query, value) {
  try {
    return compiled(query)(value) ?? null;
  } catch (error) {
    throw error instanceof RangeError ? new Error(TOO_DEEP) : error;
  }
}

/** @param {string} query @returns {Query} */
function compiled(query) {
  let found = known.get(query);
  if (!found) {
    found = parsed(tokens(query));
    if ((found.growth ?? 1) > MOST_GROWTH) throw new Error('The query makes too much of its data');
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(query, found);
  }
  return found;
}

/** @param {Token[]} found @returns {Query} */
function parsed(found) {
  if (found.filter(({ type }) => OPERATORS.has(type)).length > MOST_OPERATORS) throw new Error(TOO_DEEP);
  const parser = new Parser(found);
  const query = parser.expression(0);
  parser.expect('end');
  return query;
}

/** @param {string} query @returns {Token[]} */
function tokens(query) {
  /** @type {Token[]} */
  const found = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < query.length) {
    const place = TOKEN.lastIndex;
    const parts = TOKEN.exec(query);
    if (!parts) throw new Error(`Bad jmespath expression: Unknown token at ${place}`);
    const kind = parts.findIndex((part, number) => number > 0 && part !== undefined);
    if (kind === 6) found.push({ type: /** @type {string} */ (parts[6]) });
    else if (kind > 0) found.push({ type: MERGES[kind] ?? '', value: worth(kind, parts[kind] ?? '') });
  }
  return [...found, { type: 'end' }];
}

/** @param {number} kind @param {string} text */
function worth(kind, text) {
  const inner = text.slice(1, -1);
  if (kind === 2) return JSON.parse(text);
  if (kind === 3) return inner.replaceAll("\\'", "'");
  if (kind === 5) return Number(text);
  if (kind !== 4) return text;
  const json = inner.replaceAll('\\`', '`').trimStart();
  try {
    return JSON.parse(json);
  } catch {
    return JSON.parse(`"${json}"`); // older queries leave the quotes of a text out
  }
}

class Parser {
  #place = 0;
  #tokens;

  /** @param {Token[]} found */
  constructor(found) {
    this.#tokens = found;
  }

  /** @param {number} [ahead] @returns {Token} */
  #at(ahead = 0) {
    return this.#tokens[this.#place + ahead] ?? { type: 'end' };
  }

  #next() {
    const token = this.#at();
    this.#place += 1;
    return token;
  }

  /** @param {string} type */
  expect(type) {
    const token = this.#next();
    if (token.type !== type) throw new Error(`Invalid token: expected ${type}, got ${token.type}`);
    return token;
  }

  /** @param {number} power @returns {Query} */
  expression(power) {
    const first = this.#next();
    // What a call is called is known only by its name.
    let left =
      first.type === 'name' && this.#at().type === '(' ? this.#call(first.value) : this.#start(first);
    while (power < (POWER[this.#at().type] ?? 0)) left = this.#more(left, this.#next().type);
    return left;
  }

  /** @param {Token} token @returns {Query} */
  #start({ type, value }) {
    switch (type) {
      case 'literal':
        return () => value;
      case 'name':
      case 'quoted':
        return field(value);
      case '@':
        return same;
      case '*':
        return valuesOf(same, this.#projected(20));
      case '[?':
      case '[]':
        return this.#more(same, type);
      case '{':
        return this.#hash();
      case '(': {
        const inner = this.expression(0);
        this.expect(')');
        return inner;
      }
      case '!': {
        const inner = this.expression(45);
        return made([inner], (given) => !isTrue(inner(given)));
      }
      case '[':
        return this.#isBracketed() ? this.#more(same, type) : this.#list();
    }
    throw new Error(`Invalid token: ${type}`);
  }

  #isBracketed() {
    const { type } = this.#at();
    return type === 'number' || type === ':' || (type === '*' && this.#at(1).type === ']');
  }

  /** @param {Query} left @param {string} type @returns {Query} */
  #more(left, type) {
    switch (type) {
      case '.':
        if (this.#at().type !== '*') return then(left, this.#member(40));
        this.#next();
        return valuesOf(left, this.#projected(20));
      case '|':
        return then(left, this.expression(1));
      case '||': {
        const right = this.expression(2);
        return made([left, right], (value) => {
          const first = left(value);
          return isTrue(first) ? first : right(value);
        });
      }
      case '&&': {
        const right = this.expression(3);
        return made([left, right], (value) => {
          const first = left(value);
          return isTrue(first) ? right(value) : first;
        });
      }
      case '[?': {
        const condition = this.expression(0);
        this.expect(']');
        const kept = projection(left, this.#projected(21), (value) => isTrue(condition(value)));
        return made([condition, kept], kept);
      }
      case '[]':
        return projection(flattened(left), this.#projected(9));
      case '[':
        return this.#bracket(left);
    }
    if (POWER[type] === 5) return compared(left, type, this.expression(5));
    throw new Error(`Invalid token: ${type}`);
  }

  /** @param {Query} left @returns {Query} */
  #bracket(left) {
    if (this.#at().type === '*') {
      this.#next();
      this.expect(']');
      return projection(left, this.#projected(20));
    }
    /** @type {(number | undefined)[]} */
    const parts = [undefined];
    for (let token = this.#next(); token.type !== ']'; token = this.#next()) {
      if (token.type === ':' && parts.length < 3) parts.push(undefined);
      else if (token.type === 'number' && parts.at(-1) === undefined) parts[parts.length - 1] = token.value;
      else throw new Error(`Invalid token: ${token.type}`);
    }
    const [index] = parts;
    if (parts.length > 1)
      return projection(
        then(left, (value) => slice(value, parts)),
        this.#projected(20),
      );
    return then(left, (value) => (Array.isArray(value) ? (value.at(index ?? 0) ?? null) : null));
  }

  /** @param {number} power @returns {Query} what is asked of each item of a projection */
  #projected(power) {
    const { type } = this.#at();
    if ((POWER[type] ?? 0) < STOP) return same;
    if (type === '[' || type === '[?') return this.expression(power);
    this.expect('.');
    return this.#member(power);
  }

  /** @param {number} power @returns {Query} */
  #member(power) {
    const { type } = this.#at();
    if (['name', 'quoted', '*'].includes(type)) return this.expression(power);
    if (this.#next().type === '[') return this.#list();
    if (type === '{') return this.#hash();
    throw new Error(`Invalid token: ${type}`);
  }

  /** @param {() => Query} part @param {string} end @returns {Query[]} parts between commas */
  #parts(part, end) {
    const found = [part()];
    while (this.#at().type === ',') {
      this.#next();
      found.push(part());
    }
    this.expect(end);
    return found;
  }

  /** @returns {Query} */
  #list() {
    const parts = this.#parts(() => this.expression(0), ']');
    return listed(parts, (value) => (value === null ? null : parts.map((part) => part(value))));
  }

  /** @returns {Query} */
  #hash() {
    /** @type {string[]} */
    const keys = [];
    const parts = this.#parts(() => {
      keys.push(this.expect(this.#at().type === 'quoted' ? 'quoted' : 'name').value);
      this.expect(':');
      return this.expression(0);
    }, '}');
    return listed(parts, (value) =>
      value === null ? null : Object.fromEntries(keys.map((key, place) => [key, parts[place]?.(value)])),
    );
  }

  /** @param {string} name @returns {Query} */
  #call(name) {
    this.expect('(');
    if (this.#at().type === ')') {
      this.#next();
      return () => call(name, []);
    }
    const parts = this.#parts(() => {
      if (this.#at().type !== '&') return this.expression(0);
      this.#next();
      const inner = this.expression(0);
      return made([inner], () => inner);
    }, ')');
    return listed(parts, (value) =>
      call(
        name,
        parts.map((part) => part(value)),
      ),
    );
  }
}

/** @param {Query[]} parts @param {Query} run @returns {Query} what each of its parts makes more of, one after the other */
function made(parts, run) {
  const growth = parts.reduce((times, part) => times * (part.growth ?? 1), 1);
  run.growth = Math.min(growth, MOST_GROWTH + 1);
  return run;
}

/** @param {Query[]} parts @param {Query} run @returns {Query} what all of its parts are given, side by side */
function listed(parts, run) {
  run.growth = parts.reduce((times, part) => times + (part.growth ?? 1), 0);
  return run;
}

/** @param {Query} first @param {Query} second @returns {Query} */
function then(first, second) {
  return made([first, second], (value) => second(first(value)));
}

/** @param {string} name @returns {Query} */
function field(name) {
  return (value) => (isObject(value) && Object.hasOwn(value, name) ? (value[name] ?? null) : null);
}

/** @param {Query} left @param {Query} right @param {(item: any) => boolean} [keeps] @returns {Query} */
function projection(left, right, keeps = () => true) {
  return made([left, right], (value) => {
    const base = left(value);
    if (!Array.isArray(base)) return null;
    return base.filter(keeps).flatMap((item) => {
      const found = right(item) ?? null;
      return found === null ? [] : [found];
    });
  });
}

/** @param {Query} left @param {Query} right @returns {Query} */
function valuesOf(left, right) {
  return projection(
    then(left, (value) => (isObject(value) ? Object.values(value) : null)),
    right,
  );
}

/** @param {Query} left @returns {Query} */
function flattened(left) {
  return then(left, (value) => (Array.isArray(value) ? value.flat() : null));
}

/** @param {Query} left @param {string} type @param {Query} right @returns {Query} */
function compared(left, type, right) {
  return made([left, right], (value) => {
    const [one, two] = [left(value), right(value)];
    if (type === '==') return sameAs(one, two);
    if (type === '!=') return !sameAs(one, two);
    const kinds = [typeof one, typeof two];
    if (!kinds.every((kind) => kind === 'number') && !kinds.every((kind) => kind === 'string')) return null;
    if (type === '<') return one < two;
    if (type === '>') return one > two;
    return type === '<=' ? one <= two : one >= two;
  });
}

/** @param {any} list @param {(number | undefined)[]} parts start, stop and step, as Python's slices mean them */
function slice(list, [start, stop, step = 1]) {
  if (!Array.isArray(list)) return null;
  if (step === 0) throw new Error('slice step cannot be zero');
  const { length } = list;
  const [least, most] = step > 0 ? [0, length] : [-1, length - 1];
  const within = (/** @type {number} */ place) =>
    Math.min(most, Math.max(least, place < 0 ? place + length : place));
  const first = start === undefined ? (step > 0 ? 0 : length - 1) : within(start);
  const last = stop === undefined ? (step > 0 ? length : -1) : within(stop);
  const found = [];
  for (let place = first; step > 0 ? place < last : place > last; place += step) found.push(list[place]);
  return found;
}
