// What can be written at a place in an expression of the language, and what it means. An expression is a JSON array
// that begins with the name of a function; what its arguments name (a field, a text) is known by their place.

import { pathAt, placeAt, textAt } from './json_places.js';

/**
 * @typedef {import('@lezer/common').Tree} Tree
 * @typedef {import('./json_places.js').Read} Read
 * @typedef {import('./json_places.js').Step} Step
 * @typedef {{ label: string, insert: string, info: string }} Suggestion `insert` is JSON; "|" is where the cursor goes
 * @typedef {{ value: string, words: string }} Name
 */

/**
 * `functions`: name -> what it gives in words, how a call is begun, and what each argument names ("" for a value of any
 * kind); a function that takes any number of arguments repeats the last. `names`: role -> what can be named.
 * @typedef {{ words: string, insert: string, roles: string[], repeats: boolean }} FunctionHelp
 * @typedef {{ functions: Record<string, FunctionHelp>, names: Record<string, Name[]> }} Dialect
 */

/**
 * @param {Dialect} dialect @param {Tree} tree @param {Read} read @param {number} offset
 * @returns {{ from: number, to: number, suggestions: Suggestion[] } | null}
 */
export function complete(dialect, tree, read, offset) {
  const place = placeAt(tree, read, offset);
  if (!place) return rootAt(dialect, tree, read, offset);
  if (place.kind !== 'value') return null;
  const { path, from, to } = place;
  const step = path.at(-1);
  if (step === 0) return { from, to, suggestions: functionNames(dialect) };
  const role = roleAt(dialect, tree, read, path);
  const begun = read(from, to);
  // A string that is begun names something; what begins without a quote can be a call as well.
  const calls = begun.startsWith('"') ? [] : functionCalls(dialect);
  return { from, to, suggestions: [...namesOf(dialect, role), ...(isFixed(role) ? [] : calls)] };
}

/**
 * @param {Dialect} dialect @param {Tree} tree @param {Read} read @param {number} offset @param {-1 | 1} side
 * @returns {{ from: number, to: number, words: string } | null}
 */
export function explain(dialect, tree, read, offset, side) {
  const place = pathAt(tree, read, offset, side);
  if (!place) return null;
  const { path, from, to } = place;
  const text = stringIn(read(from, to));
  if (text === null) return null;
  const named = (dialect.names[roleAt(dialect, tree, read, path)] ?? []).find((each) => each.value === text);
  const words = path.at(-1) === 0 ? dialect.functions[text]?.words : named?.words;
  return words ? { from, to, words } : null;
}

/** Nothing is written yet. @param {Dialect} dialect @param {Tree} tree @param {Read} read @param {number} offset */
function rootAt(dialect, tree, read, offset) {
  const before = read(0, offset);
  if (!/^\s*\w*$/.test(before) || tree.topNode.getChild('Array')) return null;
  const from = offset - (/\w*$/.exec(before)?.[0].length ?? 0);
  return { from, to: offset, suggestions: functionCalls(dialect) };
}

/** What the argument at a path names. @param {Dialect} dialect @param {Tree} tree @param {Read} read @param {Step[]} path */
function roleAt(dialect, tree, read, path) {
  const step = path.at(-1);
  if (typeof step !== 'number' || step === 0) return '';
  const around = path.slice(0, -1);
  const name = stringIn(textAt(tree, read, [...around, 0]) ?? '');
  const known = name === null ? undefined : dialect.functions[name];
  if (name === 'compare' && (step === 2 || (step === 3 && isNot(tree, read, around)))) return 'operator';
  if (!known) return '';
  return known.roles[step - 1] ?? (known.repeats ? (known.roles.at(-1) ?? '') : '');
}

/** @param {Tree} tree @param {Read} read @param {Step[]} around */
function isNot(tree, read, around) {
  return textAt(tree, read, [...around, 2]) === '"not"';
}

/** Whether an argument has to be written out. @param {string} role */
function isFixed(role) {
  return role === 'operator' || role === 'data type';
}

/** @param {Dialect} dialect @param {string} role @returns {Suggestion[]} */
function namesOf(dialect, role) {
  return (dialect.names[role] ?? []).map(({ value, words }) => ({
    label: value,
    insert: JSON.stringify(value),
    info: words,
  }));
}

/** @param {Dialect} dialect @returns {Suggestion[]} */
function functionNames(dialect) {
  return Object.entries(dialect.functions).map(([name, { words }]) => ({
    label: name,
    insert: JSON.stringify(name),
    info: words,
  }));
}

/** @param {Dialect} dialect @returns {Suggestion[]} */
function functionCalls(dialect) {
  return Object.entries(dialect.functions).map(([name, { words, insert }]) => ({
    label: name,
    insert,
    info: words,
  }));
}

/** @param {string} written @returns {string | null} */
function stringIn(written) {
  try {
    const value = JSON.parse(written);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}
