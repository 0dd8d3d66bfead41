/** The components of a form as a tree: who holds whom, which repeat, and what is wrong with it. */
import { isObject } from './paths.js';

/** @typedef {Record<string, any>} Json */
/** @typedef {{name: string, components: Json[], hidden?: any}} PageLayout */
/**
 * @typedef {object} FormTree
 * @property {PageLayout[]} pages
 * @property {Map<string, Node[]>} roots by page
 * @property {Map<string, Node>} nodes by id
 * @property {string[]} problems what is wrong with ids and children
 */

const WITH_CHILDREN = ['group', 'repeatinggroup', 'accordion', 'accordiongroup', 'buttongroup'];

/** A component in its place. `part`: whether a repeating group holds it in, before or after its rows. */
export class Node {
  /** @type {'row' | 'before' | 'after'} */
  part = 'row';
  /** @type {Node | null} */
  parent = null;
  /** @type {Node[]} */
  children = [];
  /** @type {Node[] | undefined} */
  #rowParents;

  /** @param {Json} raw @param {string} page */
  constructor(raw, page) {
    this.id = /** @type {string} */ (raw.id);
    this.type = String(raw.type ?? '');
    this.raw = raw;
    this.page = page;
  }

  /** Whether the component holds rows; groups of the first generations did by their number of rows. */
  get repeats() {
    const kind = this.type.toLowerCase();
    if (kind === 'group') return (this.raw.maxCount ?? 1) !== 1 && this.binding('group') !== null;
    return kind === 'repeatinggroup';
  }

  /** The repeating groups in whose rows the component is, outermost first. @returns {Node[]} */
  get rowParents() {
    if (!this.#rowParents) {
      /** @type {Node[]} */
      const above = this.parent?.rowParents ?? [];
      this.#rowParents = this.parent?.repeats && this.part === 'row' ? [...above, this.parent] : above;
    }
    return this.#rowParents;
  }

  /** @param {string} key @returns {[path: string, dataType: string | null] | null} what a key is bound to */
  binding(key) {
    const given = this.raw.dataModelBindings?.[key];
    if (typeof given === 'string' && given) return [given, null];
    if (typeof given?.field !== 'string') return null;
    return [given.field, typeof given.dataType === 'string' ? given.dataType : null];
  }
}

/** @param {PageLayout[]} pages @returns {FormTree} what is wrong becomes a problem, and the first claim wins */
export function formTree(pages) {
  /** @type {FormTree} */
  const tree = { pages, roots: new Map(), nodes: new Map(), problems: [] };
  for (const page of pages) {
    const onPage = nodesOf(page, tree);
    for (const node of onPage.values()) claim(node, onPage, tree.problems);
    tree.roots.set(
      page.name,
      [...onPage.values()].filter((node) => !node.parent),
    );
    for (const [id, node] of onPage) tree.nodes.set(id, node);
  }
  return tree;
}

/** @param {PageLayout} page @param {FormTree} tree */
function nodesOf({ name, components }, { nodes, problems }) {
  /** @type {Map<string, Node>} */
  const found = new Map();
  for (const raw of components) {
    const { id } = raw;
    if (typeof id !== 'string' || !id) problems.push(`A component on page ${name} has no id`);
    else if (found.has(id) || nodes.has(id)) problems.push(`Duplicate component id ${id} on page ${name}`);
    else found.set(id, new Node(raw, name));
  }
  return found;
}

/** @param {Node} parent @param {Map<string, Node>} onPage @param {string[]} problems */
function claim(parent, onPage, problems) {
  for (const [id, part] of claimedIds(parent.raw)) {
    const child = onPage.get(id);
    if (!child) problems.push(`Component ${parent.id} has a child that does not exist: ${id}`);
    else if (child.parent)
      problems.push(`Component ${id} is a child of both ${child.parent.id} and ${parent.id}`);
    else if (child === parent || isAbove(child, parent)) problems.push(`Component ${id} is inside itself`);
    else {
      child.parent = parent;
      child.part = part;
      parent.children.push(child);
    }
  }
}

/** @param {Node} above @param {Node} below */
function isAbove(above, below) {
  for (let node = below.parent; node; node = node.parent) if (node === above) return true;
  return false;
}

/** @param {Json} raw @returns {Generator<[id: string, part: 'row' | 'before' | 'after']>} every component that this one holds */
function* claimedIds(raw) {
  const kind = String(raw.type ?? '').toLowerCase();
  if (kind === 'repeatinggroup') for (const id of cells(raw.rowsBefore)) yield [id, 'before'];
  if (WITH_CHILDREN.includes(kind))
    for (const id of texts(raw.children))
      yield [raw.edit?.multiPage === true ? id.replace(/^\d+:/, '') : id, 'row'];
  if (kind === 'repeatinggroup') for (const id of cells(raw.rowsAfter)) yield [id, 'after'];
  if (kind === 'grid') for (const id of cells(raw.rows)) yield [id, 'row'];
  for (const part of kind === 'tabs' || kind === 'cards' ? objects(raw[kind]) : []) {
    if (kind === 'cards' && typeof part.media === 'string') yield [part.media, 'row'];
    for (const id of texts(part.children)) yield [id, 'row'];
  }
}

/** @param {any} rows @returns {string[]} */
function cells(rows) {
  return objects(rows).flatMap((row) => texts(objects(row.cells).map((cell) => cell.component)));
}

/** @param {any} value @returns {string[]} */
function texts(value) {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** @param {any} value @returns {Json[]} */
function objects(value) {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
