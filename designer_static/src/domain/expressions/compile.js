/** Turning an expression into a closure once, so that it can be evaluated many times. */
import { ExpressionError } from './error.js';

/** @typedef {import('./values.js').Value} Value */
/** @typedef {import('./context.js').Context} Context */
/** @typedef {(context: Context) => Value} Compiled */
/** @typedef {(args: Value[], context: Context) => Value} Run */
/**
 * A function of the language: at least `least` and at most `most` arguments. `check` looks at the unevaluated arguments
 * and throws where one has to be literal; `prefix` comes before the message about a wrong number of arguments. `quick` makes
 * a closure that does the same as a call, where the arguments are all literal; null where it knows none.
 * @typedef {{run: Run, least: number, most: number, check?: (args: any[]) => void, prefix?: string,
 *   quick?: (args: any[]) => Compiled | null}} Fn
 */

const MAX_DEPTH = 100;
/** @type {Map<string, Fn>} */
const registry = new Map();
/** @type {WeakMap<any[], Compiled>} */
const seen = new WeakMap();

/** @param {Record<string, Fn>} functions what they are called and do */
export function declare(functions) {
  for (const [name, fn] of Object.entries(functions)) registry.set(name, fn);
}

/** @returns {string[]} the names of all functions of the language */
export function functionNames() {
  return [...registry.keys()].sort();
}

/** @param {any} expression JSON: a literal or a call @returns {Compiled} throws for a malformed one */
export function compile(expression) {
  read(expression, 0);
  return compiled(expression);
}

/** @param {any} expression never altered later: its closure is remembered @param {Context} context @returns {Value} */
export function evaluate(expression, context) {
  if (!Array.isArray(expression)) return compile(expression)(context);
  let run = seen.get(expression);
  if (!run) {
    run = compile(expression);
    seen.set(expression, run);
  }
  return run(context);
}

/** Refuse what is malformed anywhere, before anything is said about single functions. @param {any} part @param {number} depth */
function read(part, depth) {
  if (depth > MAX_DEPTH) throw new ExpressionError('The expression is nested too deeply');
  if (typeof part !== 'object' || part === null) return;
  if (!Array.isArray(part)) throw new ExpressionError('Invalid type "object"');
  if (!part.length) throw new ExpressionError('Missing function name in expression');
  if (typeof part[0] !== 'string') throw new ExpressionError('Function name in expression should be string');
  for (const argument of part.slice(1)) read(argument, depth + 1);
}

/** @param {any} part @returns {Compiled} */
function compiled(part) {
  if (!Array.isArray(part)) return () => part;
  const [name, ...args] = part;
  const fn = registry.get(name);
  if (!fn) throw new ExpressionError(`Function "${name}" not implemented`);
  checkCount(fn, args.length);
  fn.check?.(args);
  const quick = args.some(Array.isArray) ? null : fn.quick?.(args);
  if (quick) return quick;
  const { run } = fn;
  const inner = args.map(compiled);
  // Every argument is evaluated, as in every implementation of the language: an error anywhere is an error.
  const [first, second] = inner;
  if (inner.length === 1 && first) return (context) => run([first(context)], context);
  if (inner.length === 2 && first && second)
    return (context) => run([first(context), second(context)], context);
  return (context) =>
    run(
      inner.map((argument) => argument(context)),
      context,
    );
}

/** @param {Fn} fn @param {number} count */
function checkCount({ least, most, prefix = '' }, count) {
  if (least <= count && count <= most) return;
  const expected =
    most === Number.POSITIVE_INFINITY ? `${least}+` : least === most ? least : `${least}-${most}`;
  throw new ExpressionError(`${prefix}Expected ${expected} argument(s), got ${count}`);
}
