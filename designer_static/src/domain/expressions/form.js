/** A form at one moment: components, data and surroundings, and every place an expression can stand in. */
import './functions.js';
import './lookups.js';
import { evaluate } from './compile.js';
import { ExpressionError } from './error.js';
import { inside, isObject, joined, lookup, split, transposed } from './paths.js';
import { instanceFact, mayDo, modelOf, pageLink } from './surroundings.js';
import { resolve } from './texts.js';
import { toBoolean, toText } from './values.js';

/** @typedef {import('./tree.js').FormTree} FormTree */
/** @typedef {import('./tree.js').Node} Node */
/** @typedef {import('./surroundings.js').Surroundings} Surroundings */
/** @typedef {import('./paths.js').Location} Location */
/** @typedef {import('./paths.js').Segment} Segment */

/** A form with its data. `forget` when the data has changed: what is hidden is worked out once. */
export class Form {
  /** @type {Map<string, Spot>} */
  #spots = new Map();
  /** @type {Map<string, boolean>} */
  #hidden = new Map();

  /** @param {FormTree} tree @param {Surroundings} around @param {(spot: Spot) => string} [display] an answer in words */
  constructor(tree, around, display) {
    this.tree = tree;
    this.around = around;
    this.display = display;
  }

  /** What was worked out from data that is now another. */
  forget() {
    this.#hidden.clear();
  }

  /** @param {string} name the place of a page as a whole */
  page(name) {
    return new Spot(this, null, name, [], { dataType: this.around.defaultType, segments: [] });
  }

  /** @param {string} id @param {number[]} rows @returns {Spot} a component in its rows */
  spot(id, rows = []) {
    const key = keyOf(id, rows);
    let spot = this.#spots.get(key);
    if (!spot) {
      spot = this.#newSpot(id, rows);
      this.#spots.set(key, spot);
    }
    return spot;
  }

  /** @param {string} id @param {number[]} rows */
  #newSpot(id, rows) {
    const node = this.tree.nodes.get(id);
    if (!node) throw new ExpressionError(`Unable to find component with identifier ${id}`);
    const groups = node.rowParents;
    if (groups.length !== rows.length)
      throw new ExpressionError(
        `Unable to find component with identifier ${id} with rows [${rows.join(', ')}]`,
      );
    /** @type {Location} */
    let location = { dataType: this.around.defaultType, segments: [] };
    for (const [place, group] of groups.entries()) location = this.#rowOf(group, rows[place] ?? 0, location);
    return new Spot(this, node, node.page, rows, location);
  }

  /** @param {Node} group @param {number} index @param {Location} location */
  #rowOf(group, index, location) {
    const [path, dataType] = group.binding('group') ?? ['', null];
    const own = dataType ?? this.around.defaultType;
    return inside(own === location.dataType ? location : { dataType: own, segments: [] }, path, index);
  }

  /** @param {Spot} parent @returns {Spot[]} the components inside a component, row by row in a repeating group */
  children({ node, page, rows }) {
    if (!node) return (this.tree.roots.get(page) ?? []).map((root) => this.spot(root.id));
    const inPart = (/** @type {string} */ part, /** @type {number[]} */ at) =>
      node.children.filter((child) => child.part === part).map((child) => this.spot(child.id, at));
    if (!node.repeats) return node.children.map((child) => this.spot(child.id, rows));
    const binding = node.binding('group');
    const found = binding ? this.spot(node.id, rows).data(...binding) : null;
    const count = Array.isArray(found) ? found.length : 0;
    return [
      ...inPart('before', rows),
      ...Array.from({ length: count }, (_, row) => inPart('row', [...rows, row])).flat(),
      ...inPart('after', rows),
    ];
  }

  /** @param {Spot} spot whether it is hidden: by itself, its row, anything around it, or its page */
  isHidden(spot) {
    const key = keyOf(spot.node ? spot.node.id : `/${spot.page}`, spot.rows);
    const known = this.#hidden.get(key);
    if (known !== undefined) return known;
    // Two components may ask about each other: the one asked first counts as shown meanwhile.
    this.#hidden.set(key, false);
    const answer = this.#decide(spot);
    this.#hidden.set(key, answer);
    return answer;
  }

  /** @param {Spot} spot */
  #decide(spot) {
    const { node } = spot;
    if (!node) {
      const page = this.tree.pages.find(({ name }) => name === spot.page);
      return spot.flagValue(page?.hidden, false);
    }
    if (this.isHidden(spot.parent) || this.#rowIsHidden(spot, node)) return true;
    return isLeftOut(node) || spot.flag('hidden');
  }

  /** @param {Spot} spot @param {Node} node whether the row that a component stands in directly is hidden */
  #rowIsHidden(spot, node) {
    const group = node.parent;
    if (!group?.repeats || node.part !== 'row' || group.raw.hiddenRow === undefined) return false;
    const row = new Spot(this, group, spot.page, spot.rows, spot.location);
    return row.flagValue(group.raw.hiddenRow, false);
  }
}

/** @param {string} id @param {number[]} rows */
function keyOf(id, rows) {
  return rows.length ? `${id}-${rows.join('-')}` : id;
}

/** @param {Node} node whether a repeating group shows it neither in its table nor in its open rows */
function isLeftOut(node) {
  const group = node.parent;
  if (!group?.repeats || node.part !== 'row') return false;
  const column = group.raw.tableColumns?.[node.id];
  if (column?.showInExpandedEdit !== false) return false;
  return column.editInTable !== true && !['onlyTable', 'showAll'].includes(group.raw.edit?.mode);
}

/** One place in a form: a page, or a component in its rows. It is the Context of the expressions there. */
export class Spot {
  /** @type {any[] | null} */
  positional = null;
  /** @type {Record<string, any> | null} */
  named = null;
  /** @type {string | null} */
  defaultName = null;
  /** What paths mean in the row of this place. @type {Map<string, Segment[]>} */
  #fromHere = new Map();

  /** @param {Form} form @param {Node | null} node @param {string} page @param {number[]} rows @param {Location} location */
  constructor(form, node, page, rows, location) {
    this.form = form;
    this.node = node;
    this.page = page;
    this.rows = rows;
    this.location = location;
  }

  /** @param {Record<string, any>} named @param {string} otherwise @returns {Spot} this place, where `value` is told what is named */
  about(named, otherwise) {
    const spot = new Spot(this.form, this.node, this.page, this.rows, this.location);
    spot.named = named;
    spot.defaultName = otherwise;
    return spot;
  }

  /** The component's id as it is in the page: with row indexes ("name-0-2"). */
  get id() {
    return keyOf(this.node ? this.node.id : this.page, this.rows);
  }

  /** The container in its rows, or the page. */
  get parent() {
    const above = this.node?.parent;
    if (!above) return this.form.page(this.page);
    return this.form.spot(above.id, this.rows.slice(0, above.rowParents.length));
  }

  get language() {
    return this.form.around.language;
  }

  get gatewayAction() {
    return this.form.around.gatewayAction ?? null;
  }

  /** @param {any} expression @returns {any} */
  evaluate(expression) {
    return evaluate(expression, this);
  }

  /** @param {string} name of a yes-or-no property of the component; a failing expression gives the default */
  flag(name, otherwise = false) {
    return this.flagValue(this.node?.raw[name], otherwise);
  }

  /** @param {any} value literal or expression @param {boolean} otherwise */
  flagValue(value, otherwise) {
    return this.#tried(value, toBoolean, otherwise);
  }

  /** @param {any} value literal or expression @returns {string | null} before it is looked up among the texts */
  textValue(value) {
    return this.#tried(value, toText, null);
  }

  /**
   * @template T
   * @param {any} value @param {(value: any) => T} cast @param {T} otherwise @returns {T}
   */
  #tried(value, cast, otherwise) {
    if (value === undefined || value === null) return otherwise;
    try {
      const found = Array.isArray(value) ? this.evaluate(value) : value;
      return found === null || found === undefined ? otherwise : cast(found);
    } catch (error) {
      if (error instanceof ExpressionError) return otherwise;
      throw error;
    }
  }

  /** @param {string} path @param {string | null} dataType */
  data(path, dataType) {
    const own = dataType ?? this.location.dataType;
    return lookup(modelOf(this.form.around, own), this.meant(path, own)) ?? null;
  }

  /** @param {string} path @param {string} dataType @returns {Segment[]} what a path means in the row of this place */
  meant(path, dataType) {
    const { segments } = this.location;
    if (!segments.length || dataType !== this.location.dataType) return split(path);
    let found = this.#fromHere.get(path);
    if (!found) {
      found = transposed(split(path), segments);
      this.#fromHere.set(path, found);
    }
    return found;
  }

  /** @param {string} key @returns {any} the value that a binding of the component has here */
  answer(key = 'simpleBinding') {
    const binding = this.node?.binding(key);
    return binding ? this.data(binding[0], binding[1] ?? this.form.around.defaultType) : null;
  }

  /** @param {string} id another component as it is seen from here: in the rows that both share */
  find(id) {
    const node = this.form.tree.nodes.get(id);
    const depth = node?.rowParents.length ?? 0;
    if (!node || depth > this.rows.length)
      throw new ExpressionError(`Unable to find component with identifier ${id}`);
    const found = this.form.spot(id, this.rows.slice(0, depth));
    const { segments } = found.location;
    if (joined(segments) !== joined(this.location.segments.slice(0, segments.length)))
      throw new ExpressionError(`Unable to find component with identifier ${id} in the same row`);
    return found;
  }

  /** @param {string} id */
  component(id) {
    const found = this.find(id);
    if (this.form.isHidden(found)) return null;
    const binding = found.node?.binding('simpleBinding');
    if (!binding) throw new ExpressionError(`The component ${id} has no simpleBinding`);
    // Read from this row, which may be deeper than the row the component belongs to.
    return this.data(binding[0], binding[1] ?? this.form.around.defaultType);
  }

  /** @param {string} id */
  displayValue(id) {
    const found = this.find(id);
    if (this.form.isHidden(found)) return null;
    if (!this.form.display) throw new ExpressionError('Function "displayValue" not implemented');
    return this.form.display(found);
  }

  /** @param {string} key */
  text(key) {
    return resolve(key, this);
  }

  /** @param {string} key */
  resource(key) {
    const { texts = {} } = this.form.around;
    return Object.hasOwn(texts, key) ? (texts[key] ?? null) : null;
  }

  /** @param {string} key */
  instance(key) {
    return instanceFact(this.form.around, key);
  }

  /** @param {string} key */
  setting(key) {
    const { settings = {} } = this.form.around;
    return Object.hasOwn(settings, key) ? settings[key] : null;
  }

  /** @param {string} dataType */
  countElements(dataType) {
    const { counts, elements = [] } = this.form.around;
    if (counts) return counts[dataType] ?? 0;
    return elements.filter((element) => element.dataType === dataType).length;
  }

  /** @param {string} action */
  may(action) {
    return mayDo(this.form.around, action);
  }

  /** @param {string} id @returns {Record<string, any>[] | null} */
  options(id) {
    const { options = {} } = this.form.around;
    return Object.hasOwn(options, id) ? (options[id] ?? null) : null;
  }

  /** @param {string} id */
  external(id) {
    const { external } = this.form.around;
    return isObject(external) && Object.hasOwn(external, id) ? external[id] : null;
  }

  /** @param {string} id @returns {[string, string]} */
  pageOf(id) {
    const found = this.find(id);
    return [found.page, found.id];
  }

  /** @param {string} page @param {string | null} id @param {boolean} back */
  pageLink(page, id, back) {
    return pageLink(this.form.around, page, id, back && this.page !== page ? this.page : null);
  }
}
