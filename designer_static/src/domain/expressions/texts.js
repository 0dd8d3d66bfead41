/** Filling in the variables of text resources. */
import { ExpressionError } from './error.js';
import { toText } from './values.js';

/** @typedef {Record<string, any>} Json */
/**
 * What the variables of a text can ask for.
 * @typedef {object} Asks
 * @property {(path: string, dataType: string | null) => any} data
 * @property {(key: string) => any} instance
 * @property {(key: string) => any} setting
 * @property {(key: string) => Json | null} resource
 */

const MOST_LOOKUPS = 5;
const MODEL = 'dataModel.';

/** @param {string} key @param {Asks} asks @returns {string} looked up again where the result is itself a key */
export function resolve(key, asks) {
  const seen = new Set();
  let current = key;
  while (!seen.has(current) && seen.size < MOST_LOOKUPS) {
    seen.add(current);
    const resource = asks.resource(current);
    if (!resource) return current;
    current = filled(resource, asks);
  }
  return current;
}

/** @param {Json} resource @returns {Generator<[path: string, dataType: string | null]>} the fields that its variables show */
export function* variablesOf({ variables }) {
  for (const { key = '', dataSource = '' } of Array.isArray(variables) ? variables : []) {
    if (String(dataSource).startsWith(MODEL)) yield placeOf(String(dataSource), String(key));
  }
}

/** @param {string} source "dataModel.…" @param {string} key @returns {[path: string, dataType: string | null]} */
function placeOf(source, key) {
  const name = source.slice(MODEL.length);
  return [key.replace(/\[\{\d+\}\]/g, ''), name === 'default' ? null : name];
}

/** @param {Json} resource @param {Asks} asks */
function filled({ value, variables }, asks) {
  let text = String(value ?? '');
  for (const [place, variable] of (Array.isArray(variables) ? variables : []).entries())
    text = text.replaceAll(`{${place}}`, () => variableText(variable, asks));
  return text;
}

/** @param {Json} variable @param {Asks} asks */
function variableText({ key = '', dataSource = '', defaultValue = null }, asks) {
  const found = fromSource(String(dataSource), String(key), asks);
  if (found === null || found === undefined || found === '' || typeof found === 'object')
    return String(defaultValue ?? key);
  return toText(found) ?? '';
}

/** @param {string} source @param {string} key @param {Asks} asks */
function fromSource(source, key, asks) {
  try {
    if (source.startsWith(MODEL)) return asks.data(...placeOf(source, key));
    if (source === 'applicationSettings') return asks.setting(key);
    if (source === 'instanceContext') return asks.instance(key);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
  }
  return null;
}
