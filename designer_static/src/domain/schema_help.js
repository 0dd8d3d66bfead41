// What a JSON Schema says about a place in a document that is being written: which members and values can stand there,
// and what they mean. The schema is one of ours; of the language, this reads what such a schema needs.

/**
 * @typedef {import('./json_places.js').Step} Step
 * @typedef {{ [keyword: string]: any }} Schema
 * @typedef {{ label: string, insert: string, info: string }} Suggestion `insert` is JSON; "|" is where the cursor goes
 */

const EMPTY = { object: '{|}', array: '[|]', string: '"|"' };
const DEEPEST = 30;

/**
 * The members that an object can have beside those it has.
 * @param {Schema} root @param {Step[]} path of the object @param {string[]} present @returns {Suggestion[]}
 */
export function namesFor(root, path, present) {
  const found = new Map();
  for (const schema of schemasAt(root, path)) {
    for (const [name, inner] of Object.entries(schema.properties ?? {})) {
      if (!present.includes(name) && !found.has(name)) found.set(name, inner);
    }
  }
  return [...found].map(([label, inner]) => ({
    label,
    insert: `${JSON.stringify(label)}: ${emptyValue(root, inner)}`,
    info: described(root, inner),
  }));
}

/**
 * The values that can stand at a path. `names` gives the members of an object elsewhere in the document, for schemas
 * that point at them ("x-members-of").
 * @param {Schema} root @param {Step[]} path @param {(path: Step[]) => string[]} names @returns {Suggestion[]}
 */
export function valuesFor(root, path, names) {
  /** @type {Map<string, string>} */
  const found = new Map();
  /** @param {unknown} value @param {string} info */
  const add = (value, info) => {
    const text = JSON.stringify(value);
    if (!found.has(text)) found.set(text, info);
  };
  for (const schema of schemasAt(root, path)) {
    const words = schema['x-words'] ?? {};
    for (const value of schema.enum ?? schema.examples ?? []) add(value, words[value] ?? '');
    if ('const' in schema) add(schema.const, described(root, schema));
    if (schema.type === 'boolean') for (const value of [true, false]) add(value, '');
    for (const place of schema['x-members-of'] ?? []) {
      const pointer = place.map((/** @type {Step} */ step) => `/${escaped(String(step))}`).join('');
      for (const name of names(place)) add(`#${pointer}/${escaped(name)}`, '');
    }
  }
  return [...found].map(([text, info]) => ({ label: text, insert: text, info }));
}

/**
 * What the member or value at a path is, in words; "" where the schema says nothing.
 * @param {Schema} root @param {Step[]} path @returns {string}
 */
export function helpFor(root, path) {
  return path.length
    ? (schemasAt(root, path)
        .map((schema) => described(root, schema))
        .find(Boolean) ?? '')
    : '';
}

/** @param {Schema} root @param {Step[]} path @returns {Schema[]} every schema that speaks about the place */
function schemasAt(root, path) {
  let here = facets(root, root);
  for (const step of path) here = here.flatMap((schema) => inside(root, schema, step));
  return [...new Set(here)];
}

/** @param {Schema} root @param {Schema} schema @param {Step} step @returns {Schema[]} */
function inside(root, schema, step) {
  if (typeof step === 'number') return schema.items ? facets(root, schema.items) : [];
  const own = schema.properties?.[step];
  if (own) return facets(root, own);
  return typeof schema.additionalProperties === 'object' ? facets(root, schema.additionalProperties) : [];
}

/** The schema with what it refers to and all its alternatives. @param {Schema} root @param {any} schema */
function facets(root, schema, depth = 0) {
  /** @type {Schema[]} */
  const found = [];
  if (schema === null || typeof schema !== 'object' || depth > DEEPEST) return found;
  found.push(schema);
  if (typeof schema.$ref === 'string') found.push(...facets(root, target(root, schema.$ref), depth + 1));
  for (const keyword of ['allOf', 'anyOf', 'oneOf'])
    for (const option of schema[keyword] ?? []) found.push(...facets(root, option, depth + 1));
  return found;
}

/** @param {Schema} root @param {string} reference "#" or "#/$defs/name" @returns {unknown} */
function target(root, reference) {
  /** @type {any} */
  let found = root;
  for (const part of reference.split('/').slice(1)) found = found?.[part];
  return found;
}

/** @param {Schema} root @param {Schema} schema */
function described(root, schema) {
  return String(facets(root, schema).find((each) => each.description)?.description ?? '');
}

/** @param {Schema} root @param {Schema} schema */
function emptyValue(root, schema) {
  for (const { type } of facets(root, schema)) {
    const first = Array.isArray(type) ? type[0] : type;
    if (first in EMPTY) return EMPTY[/** @type {keyof typeof EMPTY} */ (first)];
  }
  return '|';
}

/** @param {string} name */
function escaped(name) {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
