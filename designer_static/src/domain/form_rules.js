/**
 * The rules of a page of a form, as the browser follows them while somebody writes: which parts depend on which fields, and
 * what becomes of a part when one changes. It knows no page: islands/form_page.js reads fields and shows what is decided.
 */
import { displayValue } from './expressions/display.js';
import { Form } from './expressions/form.js';
import { joined, lookup, split } from './expressions/paths.js';
import { formTree } from './expressions/tree.js';
import { brokenRules, calculate, put, spotOfField } from './field_rules.js';
import { fieldsInText, fieldsRead, SEPARATOR } from './form_reads.js';
import { shownText, typedValue } from './form_values.js';

/** @typedef {import('./expressions/form.js').Spot} Spot */
/** @typedef {import('./expressions/surroundings.js').Surroundings} Surroundings */
/** @typedef {import('./field_rules.js').Calculation} Calculation */
/** @typedef {import('./field_rules.js').Issue} Issue */
/** @typedef {import('./field_rules.js').Rule} Rule */
/** @typedef {import('./form_values.js').Control} Control */
/**
 * The rules of the page (studio/runtime/forms/instant.py).
 * @typedef {object} Rules
 * @property {import('./expressions/tree.js').PageLayout[]} pages
 * @property {Record<string, Control>} controls by the name of the field, without indexes
 * @property {Record<string, Rule[]>} [checks] what the answer in a field must keep, by the same names
 * @property {(Calculation & {reads: string[]})[]} [worked] what is worked out, and of which fields ("model::path")
 * @property {Record<string, any>} [texts] text key -> {value, variables}
 * @property {Record<string, string>} [words] what severities are called
 * @property {string[]} [ways] the pages that come and go with answers on this one
 */
/** What they read. @typedef {Omit<Surroundings, 'defaultType'> & {type: string}} Data */
/** A flag, the text in a slot ("text.title"), what a part without an input shows ("value"), or "options". @typedef {string} Property */
/** Of options: the values that are offered, as the page sends them. @typedef {Record<Property, boolean | string | string[]>} Decision */
/**
 * What follows from fields that were written: of parts by their keys ("name-0"), of fields by their names. `isAny`: whether
 * anything is decided or worked out of them, also where it comes to the same. `ways`: whether pages are hidden, by their names.
 * @typedef {{isAny: boolean, parts: Map<string, Decision>, values: Map<string, string>, issues: Map<string, Issue[]>,
 *   ways: Map<string, boolean>}} Outcome
 */

/** What stands before the name of a field among the keys of what depends on fields. */
const CHECK = 'check ';
const WAY = 'way ';
const TEXT = 'text.';
const OPTIONS = 'options';

export class FormRules {
  #tree;
  #controls;
  #checks;
  #worked;
  #texts;
  #ways;
  #isIndexed = false;
  /** @type {Form} */
  #form;
  /** Places in it by the keys of parts. @type {Map<string, Spot | null>} */
  #spots = new Map();
  /** The parts of the page that follow rules: their keys and what they follow. @type {Map<string, Property[]>} */
  #parts = new Map();
  /** Names of the fields on the page whose answers are checked. @type {Set<string>} */
  #checked = new Set();
  /** Field -> keys of the parts, and of the checks, that depend on it. @type {Map<string, Set<string>>} */
  #dependents = new Map();
  /** Field without indexes -> what is worked out of it, also by way of others. @type {Map<string, Calculation[]>} */
  #due = new Map();

  /** @param {Rules} rules @param {Data} data */
  constructor({ pages, controls, checks = {}, worked = [], texts = {}, ways = [] }, data) {
    this.#tree = formTree(pages);
    this.#controls = controls;
    this.#checks = checks;
    this.#worked = worked;
    this.#texts = texts;
    this.#ways = ways;
    this.#form = this.#formOf(data);
  }

  /** @param {Data} data as the server has it now */
  take(data) {
    this.#form = this.#formOf(data);
    this.#spots.clear();
  }

  /** @param {Data} data */
  #formOf({ type, ...around }) {
    return new Form(this.#tree, { ...around, texts: this.#texts, defaultType: type }, displayValue);
  }

  /**
   * What is on the page now.
   * @param {Iterable<[key: string, follows: Property[]]>} parts @param {Iterable<string>} [names] of fields
   */
  watch(parts, names = []) {
    const next = new Map(parts);
    const checked = new Set([...names].filter((name) => Object.hasOwn(this.#checks, bare(name))));
    const isSame = this.#isIndexed && sameKeys(next, this.#parts) && sameKeys(checked, this.#checked);
    this.#isIndexed = true;
    this.#parts = next;
    this.#checked = checked;
    if (!isSame) this.#dependents = this.#index();
  }

  /**
   * Take in what was written into a field.
   * @param {string} name of the field @param {string[]} texts what the page would send for it
   * @returns {boolean} whether it is known what that means; otherwise the server has to say
   */
  write(name, texts) {
    const control = this.#controls[bare(name)];
    const value = control && typedValue(texts, control);
    if (value === undefined) return false;
    const [dataType, path] = this.#place(name);
    const { models } = this.#form.around;
    models[dataType] ??= {};
    put(models[dataType], path, value);
    this.#form.forget();
    return true;
  }

  /** @param {string[]} names of fields that were written @returns {Outcome} */
  follow(names) {
    const due = this.#dueFor(names);
    const worked = calculate(this.#form, due).map((place) => this.#name(...place));
    const keys = new Set([...names, ...worked].flatMap((name) => this.dependents(name)));
    /** @type {Outcome} */
    const outcome = {
      isAny: due.length > 0,
      parts: new Map(),
      values: new Map(),
      issues: new Map(),
      ways: new Map(),
    };
    for (const key of keys) {
      const name = key.slice(CHECK.length);
      const page = key.slice(WAY.length);
      if (key.startsWith(CHECK)) outcome.issues.set(name, this.issues(name));
      else if (key.startsWith(WAY)) outcome.ways.set(page, this.#form.isHidden(this.#form.page(page)));
      else outcome.parts.set(key, this.decide(key));
    }
    outcome.isAny ||= outcome.parts.size > 0;
    for (const name of worked) {
      const text = this.#shown(name);
      if (text !== undefined) outcome.values.set(name, text);
    }
    return outcome;
  }

  /** @param {string} name of a field @returns {string[]} the keys of the parts and checks that depend on it */
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
    if (spot) for (const property of this.#parts.get(key) ?? []) decision[property] = decided(spot, property);
    return decision;
  }

  /** @param {string} name of a field @returns {Issue[]} the rules that its answer does not keep */
  issues(name) {
    return brokenRules(this.#form, ...this.#place(name), this.#checks[bare(name)] ?? []);
  }

  /** @param {string} name of a field that was worked out @returns {string | undefined} what its input shows; undefined where it has none */
  #shown(name) {
    const control = this.#controls[bare(name)];
    const [dataType, path] = this.#place(name);
    const value = lookup(this.#form.around.models[dataType], split(path));
    return control && shownText(value, control, this.#form.around.language);
  }

  /** @param {string[]} names of fields @returns {Calculation[]} what is worked out of them, in order */
  #dueFor(names) {
    if (!this.#worked.length) return [];
    const fields = names.map((name) => this.#place(name).join(SEPARATOR));
    const due = new Set(fields.flatMap((field) => this.#dueOf(bare(field))));
    return this.#worked.filter((each) => due.has(each));
  }

  /** @param {string} field without indexes */
  #dueOf(field) {
    let due = this.#due.get(field);
    if (!due) {
      const found = new Set();
      const fields = [field];
      for (let next = fields.pop(); next !== undefined; next = fields.pop())
        for (const each of this.#worked) {
          if (found.has(each) || !each.reads.some((read) => touch(read, /** @type {string} */ (next))))
            continue;
          found.add(each);
          fields.push(`${each.type}${SEPARATOR}${each.path}`);
        }
      due = [...found];
      this.#due.set(field, due);
    }
    return due;
  }

  /** @param {string} name @returns {[dataType: string, path: string]} */
  #place(name) {
    const place = name.indexOf(SEPARATOR);
    if (place < 0) return [this.#form.around.defaultType, name];
    return [name.slice(0, place), name.slice(place + SEPARATOR.length)];
  }

  /** @param {string} dataType @param {string} path */
  #name(dataType, path) {
    return dataType === this.#form.around.defaultType ? path : `${dataType}${SEPARATOR}${path}`;
  }

  /** @param {string} key @returns {Spot | null} the component and the rows that a key names: "name-0-2" */
  #spotOf(key) {
    let spot = this.#spots.get(key);
    if (spot === undefined) {
      spot = this.#newSpotOf(key);
      this.#spots.set(key, spot);
    }
    return spot;
  }

  /** @param {string} key @returns {Spot | null} */
  #newSpotOf(key) {
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
    const note = (/** @type {string} */ key, /** @type {Iterable<string>} */ fields) => {
      for (const field of fields) {
        const keys = index.get(field);
        if (keys) keys.add(key);
        else index.set(field, new Set([key]));
      }
    };
    for (const [key, follows] of this.#parts) {
      const spot = this.#spotOf(key);
      for (const property of follows) if (spot) note(key, readBy(spot, property));
      // Compiled now, and not when somebody waits for a letter.
      this.decide(key);
    }
    for (const name of this.#ways) {
      const page = this.#tree.pages.find((each) => each.name === name);
      note(WAY + name, fieldsRead(page?.hidden, this.#form.page(name)));
    }
    for (const name of this.#checked) {
      const [dataType, path] = this.#place(name);
      const spot = spotOfField(this.#form, dataType, path);
      note(CHECK + name, [`${dataType}${SEPARATOR}${path}`]);
      for (const { condition, message } of this.#checks[bare(name)] ?? []) {
        note(CHECK + name, fieldsRead(condition, spot));
        note(CHECK + name, fieldsInText(message, spot));
      }
    }
    return index;
  }
}

/** @param {Spot} spot @param {Property} property @returns {boolean | string | string[]} what it is now */
function decided(spot, property) {
  if (property === OPTIONS) return offered(spot);
  if (property === 'value') return displayValue(spot);
  if (!property.startsWith(TEXT)) return spot.flag(property);
  const key = spot.textValue(slotOf(spot, property));
  return key ? spot.text(key) : '';
}

/** @param {Spot} spot @returns {string[]} the options that its filter lets through */
function offered(spot) {
  const { optionFilter } = spot.node?.raw ?? {};
  const options = /** @type {[value: string, asked: Record<string, any>][]} */ (spot.node?.raw.options ?? []);
  return options
    .filter(([, option]) => spot.about(option, 'value').flagValue(optionFilter, true))
    .map(([value]) => value);
}

/** @param {Spot} spot @param {Property} property @returns {Set<string>} */
function readBy(spot, property) {
  if (property === OPTIONS) return fieldsRead(spot.node?.raw.optionFilter, spot);
  if (property.startsWith(TEXT)) return fieldsInText(slotOf(spot, property), spot);
  return fieldsRead(spot.node?.raw[property], spot);
}

/** @param {Spot} spot @param {Property} property */
function slotOf(spot, property) {
  return spot.node?.raw.textResourceBindings?.[property.slice(TEXT.length)];
}

/** @param {string} name @returns {string} without the indexes of rows */
function bare(name) {
  return name.includes('[') ? name.replace(/\[\d+\]/g, '') : name;
}

/** @param {string} read @param {string} written whether one of two fields is, or lies in, the other */
function touch(read, written) {
  return read === written || written.startsWith(`${read}.`) || read.startsWith(`${written}.`);
}

/** @param {{size: number, keys(): Iterable<string>}} one @param {{size: number, has(key: string): boolean}} other */
function sameKeys(one, other) {
  return one.size === other.size && [...one.keys()].every((key) => other.has(key));
}
