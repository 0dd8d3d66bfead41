/**
 * Which fields an expression or a text reads where it stands: "model::rows[0].name", what depends on a field is found by.
 * A field that a computed path names is not among them; a page follows no such rule (studio/runtime/forms/page_reads.py).
 */
import { ExpressionError } from './expressions/error.js';
import { joined } from './expressions/paths.js';
import { variablesOf } from './expressions/texts.js';

/** @typedef {import('./expressions/form.js').Spot} Spot */

/** What stands between the data type and the path in the name of a field. */
export const SEPARATOR = '::';

/** @param {any} expression @param {Spot} spot where it stands @returns {Set<string>} */
export function fieldsRead(expression, spot) {
  const reading = new Reading();
  reading.expression(expression, spot);
  return reading.fields;
}

/** @param {any} text a key, or an expression that gives one @param {Spot} spot where it stands @returns {Set<string>} */
export function fieldsInText(text, spot) {
  const reading = new Reading();
  reading.expression(text, spot);
  reading.text(text, spot);
  return reading.fields;
}

class Reading {
  /** @type {Set<string>} */
  fields = new Set();
  /** Components and texts that were asked already. @type {Set<string>} */
  #seen = new Set();

  /** @param {any} expression @param {Spot} spot */
  expression(expression, spot) {
    if (!Array.isArray(expression)) return;
    const [name, first, second] = expression;
    if (name === 'dataModel') {
      const path = isOwn(first) ? spot.positional?.[0] : first;
      if (typeof path === 'string') this.#add(spot, path, second ?? null);
    }
    if (name === 'component' && typeof first === 'string') this.#component(first, spot);
    if (name === 'text' && typeof first === 'string') this.text(first, spot);
    for (const part of expression.slice(1)) this.expression(part, spot);
  }

  /** @param {any} text a key, or an expression: any word in it may be a key @param {Spot} spot */
  text(text, spot) {
    if (Array.isArray(text)) for (const part of text.slice(1)) this.text(part, spot);
    if (typeof text !== 'string' || this.#seen.has(`text ${text}`)) return;
    this.#seen.add(`text ${text}`);
    const resource = spot.resource(text);
    if (!resource) return;
    for (const [path, dataType] of variablesOf(resource)) this.#add(spot, path, dataType);
    this.text(resource.value, spot);
  }

  /** @param {string} id @param {Spot} spot */
  #component(id, spot) {
    if (this.#seen.has(id)) return;
    this.#seen.add(id);
    try {
      let found = spot.find(id);
      const binding = found.node?.binding('simpleBinding');
      if (binding) this.#add(spot, binding[0], binding[1] ?? spot.form.around.defaultType);
      const page = spot.form.tree.pages.find(({ name }) => name === found.page);
      this.expression(page?.hidden, found.form.page(found.page));
      for (; found.node; found = found.parent) {
        this.expression(found.node.raw.hidden, found);
        this.expression(found.node.raw.hiddenRow, found);
      }
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
    }
  }

  /** @param {Spot} spot @param {string} path @param {string | null} dataType */
  #add(spot, path, dataType) {
    const own = dataType ?? spot.location.dataType;
    this.fields.add(`${own}${SEPARATOR}${joined(spot.meant(path, own))}`);
  }
}

/** @param {any} path whether it names the field that a rule is about */
function isOwn(path) {
  if (!Array.isArray(path)) return false;
  const [name, first] = path;
  return (name === 'argv' && first === 0) || (name === 'value' && (first === undefined || first === 'field'));
}
