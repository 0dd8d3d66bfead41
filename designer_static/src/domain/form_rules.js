/**
 * The rules of a page of a form, as the browser follows them while somebody writes: which parts depend on which fields, and
 * what becomes of a part when one changes. It knows no page: islands/form_page.js reads fields and shows what is decided.
 */
import { ExpressionError } from './expressions/error.js';
import { Form } from './expressions/form.js';
import { joined, lookup, split } from './expressions/paths.js';
import { formTree } from './expressions/tree.js';
import { typedValue } from './form_values.js';

/** @typedef {import('./expressions/form.js').Spot} Spot */
/** @typedef {import('./expressions/surroundings.js').Surroundings} Surroundings */
/** @typedef {import('./form_values.js').Control} Control */
/** The rules of the page (studio/runtime/forms/instant.py). @typedef {{pages: import('./expressions/tree.js').PageLayout[], controls: Record<string, Control>}} Rules */
/** What they read. @typedef {Omit<Surroundings, 'defaultType'> & {type: string}} Data */
/** @typedef {'hidden' | 'required' | 'readOnly'} Property */
/** @typedef {Partial<Record<Property, boolean>>} Decision */

/** What stands between the data type and the path in the name of a field. */
const SEPARATOR = '::';

export class FormRules {
  #tree;
  #controls;
  /** @type {Form} */
  #form;
  /** The parts of the page that follow rules: their keys ("name-0") and what they follow. @type {Map<string, Property[]>} */
  #parts = new Map();
  /** Field -> keys of the parts that depend on it. @type {Map<string, Set<string>>} */
  #dependents = new Map();

  /** @param {Rules} rules @param {Data} data */
  constructor({ pages, controls }, data) {
    this.#tree = formTree(pages);
    this.#controls = controls;
    this.#form = this.#formOf(data);
  }

  /** @param {Data} data as the server has it now */
  take(data) {
    this.#form = this.#formOf(data);
  }

  /** @param {Data} data */
  #formOf({ type, ...around }) {
    return new Form(this.#tree, { ...around, defaultType: type });
  }

  /** @param {Iterable<[key: string, follows: Property[]]>} parts what is on the page */
  watch(parts) {
    const next = new Map(parts);
    const isSame = next.size === this.#parts.size && [...next.keys()].every((key) => this.#parts.has(key));
    this.#parts = next;
    if (!isSame) this.#dependents = this.#index();
  }

  /**
   * Take in what was written into a field.
   * @param {string} name of the field @param {string[]} texts what the page would send for it
   * @returns {boolean} whether it is known what that means; otherwise the server has to say
   */
  write(name, texts) {
    const [dataType, path] = this.#place(name);
    const control = this.#controls[name.replace(/\[\d+\]/g, '')];
    const value = control && typedValue(texts, control);
    if (value === undefined) return false;
    const { models } = this.#form.around;
    models[dataType] ??= {};
    put(models[dataType], path, value);
    this.#form.forget();
    return true;
  }

  /** @param {string} name of a field @returns {string[]} the keys of the parts that depend on it */
  dependents(name) {
    const [dataType, path] = this.#place(name);
    const segments = split(path);
    const found = new Set();
    for (let size = 1; size <= segments.length; size += 1) {
      const [last, index] = /** @type {[string, number | null]} */ (segments[size - 1]);
      // Who reads a whole list or row depends on each field in it.
      const whole = joined([...segments.slice(0, size - 1), [last, null]]);
      for (const place of index === null ? [whole] : [whole, joined(segments.slice(0, size))])
        for (const key of this.#dependents.get(`${dataType}${SEPARATOR}${place}`) ?? []) found.add(key);
    }
    return [...found];
  }

  /** @param {string} key of a part @returns {Decision} what its rules say now */
  decide(key) {
    const spot = this.#spotOf(key);
    /** @type {Decision} */
    const decision = {};
    for (const property of (spot && this.#parts.get(key)) ?? [])
      decision[property] = spot?.flag(property) ?? false;
    return decision;
  }

  /** @param {string} name @returns {[dataType: string, path: string]} */
  #place(name) {
    const place = name.indexOf(SEPARATOR);
    if (place < 0) return [this.#form.around.defaultType, name];
    return [name.slice(0, place), name.slice(place + SEPARATOR.length)];
  }

  /** @param {string} key @returns {Spot | null} the component and the rows that a key names: "name-0-2" */
  #spotOf(key) {
    let [id, rows] = [key, /** @type {number[]} */ ([])];
    for (;;) {
      const node = this.#tree.nodes.get(id);
      if (node && node.rowParents.length === rows.length) return this.#form.spot(id, rows);
      const [, shorter, row] = /^(.+)-(\d+)$/.exec(id) ?? [];
      if (shorter === undefined) return null;
      id = shorter;
      rows = [Number(row), ...rows];
    }
  }

  #index() {
    /** @type {Map<string, Set<string>>} */
    const index = new Map();
    for (const [key, follows] of this.#parts) {
      const spot = this.#spotOf(key);
      const fields = new Set();
      for (const property of follows) if (spot) read(spot.node?.raw[property], spot, fields, new Set());
      // Compiled now, and not when somebody waits for a letter.
      this.decide(key);
      for (const field of fields) {
        if (!index.has(field)) index.set(field, new Set());
        index.get(field)?.add(key);
      }
    }
    return index;
  }
}

/**
 * @param {any} expression @param {Spot} spot where it stands @param {Set<string>} fields that it reads, each added
 * @param {Set<string>} seen components that were asked already
 */
function read(expression, spot, fields, seen) {
  if (!Array.isArray(expression)) return;
  const [name, first, second] = expression;
  if (name === 'dataModel' && typeof first === 'string') add(fields, spot, first, second ?? null);
  if (name === 'component' && typeof first === 'string') readAnswer(first, spot, fields, seen);
  for (const part of expression.slice(1)) read(part, spot, fields, seen);
}

/** @param {string} id @param {Spot} spot @param {Set<string>} fields @param {Set<string>} seen */
function readAnswer(id, spot, fields, seen) {
  if (seen.has(id)) return;
  seen.add(id);
  try {
    let found = spot.find(id);
    const binding = found.node?.binding('simpleBinding');
    if (binding) add(fields, spot, binding[0], binding[1] ?? spot.form.around.defaultType);
    const page = spot.form.tree.pages.find(({ name }) => name === found.page);
    read(page?.hidden, found.form.page(found.page), fields, seen);
    for (; found.node; found = found.parent) {
      read(found.node.raw.hidden, found, fields, seen);
      read(found.node.raw.hiddenRow, found, fields, seen);
    }
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
  }
}

/** @param {Set<string>} fields @param {Spot} spot @param {string} path @param {string | null} dataType */
function add(fields, spot, path, dataType) {
  const own = dataType ?? spot.location.dataType;
  fields.add(`${own}${SEPARATOR}${joined(spot.meant(path, own))}`);
}

/** @param {any} data @param {string} path @param {any} value put there; rows that are not there are not made */
function put(data, path, value) {
  const segments = [...split(path)];
  const [name, index] = segments.pop() ?? ['', null];
  if (index !== null) return;
  for (let size = 1; size <= segments.length; size += 1) {
    const way = segments.slice(0, size);
    const [member, row] = /** @type {[string, number | null]} */ (way[size - 1]);
    if (row === null && lookup(data, way) === null) {
      const above = lookup(data, way.slice(0, -1));
      if (above === null) return;
      above[member] = {};
    }
  }
  const holder = lookup(data, segments);
  if (holder !== null && typeof holder === 'object') holder[name] = value;
}
