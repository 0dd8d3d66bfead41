// What a JSON Schema says about a place in a document that is being written: which members and values can stand there,
// and what they mean. The schema is one of ours; of the language, this reads what such a schema needs.

/**
 * @typedef {import('./json_places.js').Step} Step
 * @typedef {{ [keyword: string]: any }} Schema
 * @typedef {{ label: string, insert: string, info: string }} Suggestion `insert` is JSON; "|" is where the cursor goes
 * @typedef {(path: Step[]) => string | null} Written the value at a path as the document has it; for schemas with "if"
 */

const EMPTY = { object: '{|}', array: '[|]', string: '"|"' };
const DEEPEST = 30;

/** @type {Written} */
const unknown = () => null;

/**
 * The members that an object can have beside those it has.
 * @param {Schema} root @param {Step[]} path of the object @param {string[]} present @param {Written} written
 * @returns {Suggestion[]}
 */
export function namesFor(root, path, present, written = unknown) {
  const found = new Map();
  for (const schema of schemasAt(root, path, written)) {
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
 * @param {Schema} root @param {Step[]} path @param {(path: Step[]) => string[]} names @param {Written} written
 * @returns {Suggestion[]}
 */
export function valuesFor(root, path, names, written = unknown) {
  /** @type {Map<string, string>} */
  const found = new Map();
  /** @param {unknown} value @param {string} info */
  const add = (value, info) => {
    const text = JSON.stringify(value);
    if (!found.has(text)) found.set(text, info);
  };
  for (const schema of schemasAt(root, path, written)) {
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
 * @param {Schema} root @param {Step[]} path @param {Written} written @returns {string}
 */
export function helpFor(root, path, written = unknown) {
  return path.length
    ? (schemasAt(root, path, written)
        .map((schema) => described(root, schema))
        .find(Boolean) ?? '')
    : '';
}

/** @param {Schema} root @param {Step[]} path @param {Written} written @returns {Schema[]} every schema that speaks about the place */
function schemasAt(root, path, written) {
  let here = conditional(root, facets(root, root), [], written);
  path.forEach((step, place) => {
    const found = here.flatMap((schema) => inside(root, schema, step));
    here = conditional(root, [...new Set(found)], path.slice(0, place + 1), written);
  });
  return [...new Set(here)];
}

/**
 * Schemas with what they say where the document is as their "if" asks: members with a constant value.
 * @param {Schema} root @param {Schema[]} schemas @param {Step[]} path @param {Written} written @returns {Schema[]}
 */
function conditional(root, schemas, path, written) {
  return schemas.flatMap((schema) => {
    const asked = Object.entries(schema.if?.properties ?? {});
    const holds =
      asked.length &&
      asked.every(([name, { const: value }]) => {
        return written([...path, name]) === JSON.stringify(value);
      });
    return holds ? [schema, ...facets(root, schema.then)] : [schema];
  });
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
