// Where a place in a JSON text lies in the value that the text stands for, and the other way round. The text may be
// half written: what the parser could not read is passed over.

/**
 * @typedef {import('@lezer/common').SyntaxNode} SyntaxNode
 * @typedef {import('@lezer/common').Tree} Tree
 * @typedef {(from: number, to: number) => string} Read the text between two offsets
 * @typedef {string | number} Step a member's name, or an item's index
 */

/**
 * What can be written at a place: a member's name, or the value at `path`. It takes the place of `from`..`to`.
 * `path` leads to the object of a name, and to the value itself; `present` are the names that the object has.
 * @typedef {{ kind: 'name' | 'value', path: Step[], from: number, to: number, present: string[] }} Place
 */

const VALUES = ['Object', 'Array', 'String', 'Number', 'True', 'False', 'Null'];
// What somebody has begun to write: a word, or a string that is not closed yet.
const BEGUN = /("(?:[^"\\]|\\.)*|[\w.$@#+-]+)$/;
const FINISHED = /"(?:[^"\\]|\\.)*"/g;
const FARTHEST_BACK = 2000; // characters

/**
 * What can be written at an offset; null where nothing can, as behind a finished value.
 * @param {Tree} tree @param {Read} read @param {number} offset @returns {Place | null}
 */
export function placeAt(tree, read, offset) {
  const node = tree.resolveInner(offset, -1);
  if (node.name === 'PropertyName') return offset > node.from ? nameIn(node, read, offset) : null;
  if (node.name === 'String' || node.name === 'Number' || /^(True|False|Null)$/.test(node.name))
    return { kind: 'value', path: pathOf(node, read), from: node.from, to: node.to, present: [] };
  const begun = begunAt(read, offset);
  const sign = signBefore(tree, read, begun);
  if (!sign?.parent) return null;
  const { name, parent } = sign;
  const span = { from: begun, to: offset, present: /** @type {string[]} */ ([]) };
  if (parent.name === 'Object' && (name === '{' || name === ','))
    return { kind: 'name', path: pathOf(parent, read), ...span, present: namesOf(parent, read) };
  if (parent.name === 'Property' && name === ':')
    return { kind: 'value', path: pathOf(parent, read), ...span };
  if (parent.name === 'Array' && (name === '[' || name === ','))
    return { kind: 'value', path: [...pathOf(parent, read), itemsBefore(parent, begun)], ...span };
  return null;
}

/**
 * The path of the name or value at an offset, and where that is; null between them.
 * @param {Tree} tree @param {Read} read @param {number} offset @param {-1 | 0 | 1} side
 * @returns {{ path: Step[], from: number, to: number } | null}
 */
export function pathAt(tree, read, offset, side) {
  const node = tree.resolveInner(offset, side);
  if (node.name !== 'PropertyName' && (!VALUES.includes(node.name) || node.firstChild)) return null;
  return { path: pathOf(node, read), from: node.from, to: node.to };
}

/**
 * The JSON Pointer of the innermost value around an offset; "" in a text that is no JSON.
 * @param {Tree} tree @param {Read} read @param {number} offset
 */
export function pointerAt(tree, read, offset) {
  const path = pathOf(tree.resolveInner(offset, 0), read);
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/**
 * Where the value at a JSON Pointer stands: the name of a member, or the value itself. Where a part of the pointer is
 * missing it is the innermost part that is there; null for a text without any value.
 * @param {Tree} tree @param {Read} read @param {string} pointer
 * @returns {{ from: number, to: number } | null}
 */
export function rangeOf(tree, read, pointer) {
  let value = valueIn(tree.topNode);
  /** @type {SyntaxNode | null} */
  let shown = value;
  for (const step of pointer.split('/').slice(1)) {
    const part = step.replaceAll('~1', '/').replaceAll('~0', '~');
    const found = value?.name === 'Object' ? member(value, read, part) : value && item(value, Number(part));
    if (!found) break;
    shown = found.name === 'Property' ? found.getChild('PropertyName') : found;
    value = found.name === 'Property' ? valueIn(found) : found;
  }
  return shown && { from: shown.from, to: shown.to };
}

/**
 * The names of the members of the object at a path; none where there is no object.
 * @param {Tree} tree @param {Read} read @param {Step[]} path
 */
export function namesAt(tree, read, path) {
  const value = valueAt(tree, read, path);
  return value?.name === 'Object' ? namesOf(value, read) : [];
}

/**
 * The value at a path, as it is written; null where there is none.
 * @param {Tree} tree @param {Read} read @param {Step[]} path
 */
export function textAt(tree, read, path) {
  const found = valueAt(tree, read, path);
  return found && read(found.from, found.to);
}

/** @param {Tree} tree @param {Read} read @param {Step[]} path */
function valueAt(tree, read, path) {
  let value = valueIn(tree.topNode);
  for (const step of path) {
    if (!value) return null;
    const found = typeof step === 'number' ? item(value, step) : member(value, read, step);
    value = found?.name === 'Property' ? valueIn(found) : found;
  }
  return value;
}

/** @param {SyntaxNode} node @param {Read} read @param {number} offset @returns {Place | null} */
function nameIn(node, read, offset) {
  const object = node.parent?.parent;
  if (!object) return null;
  const own = textOf(node, read);
  const present = namesOf(object, read).filter((name) => name !== own);
  return {
    kind: 'name',
    path: pathOf(object, read),
    from: node.from,
    to: Math.max(node.to, offset),
    present,
  };
}

/** Where the word or string begins that ends at an offset. @param {Read} read @param {number} offset */
function begunAt(read, offset) {
  const before = read(Math.max(0, offset - FARTHEST_BACK), offset);
  const line = before
    .slice(before.lastIndexOf('\n') + 1)
    .replace(FINISHED, (found) => ' '.repeat(found.length));
  return offset - (BEGUN.exec(line)?.[0].length ?? 0);
}

/** The last sign before an offset. @param {Tree} tree @param {Read} read @param {number} offset */
function signBefore(tree, read, offset) {
  const before = read(Math.max(0, offset - FARTHEST_BACK), offset).trimEnd();
  return before ? tree.resolveInner(Math.max(0, offset - FARTHEST_BACK) + before.length, -1) : null;
}

/** @param {SyntaxNode} node a member, its name, or a value @param {Read} read @returns {Step[]} */
function pathOf(node, read) {
  /** @type {Step[]} */
  const path = [];
  for (let at = node; at.parent; at = at.parent) {
    if (at.name === 'Property') {
      const name = at.getChild('PropertyName');
      path.unshift(name ? textOf(name, read) : '');
    } else if (at.parent.name === 'Array') {
      path.unshift(itemsBefore(at.parent, at.from));
    }
  }
  return path;
}

/** @param {SyntaxNode} array @param {number} offset */
function itemsBefore(array, offset) {
  return valuesIn(array).filter((value) => value.to <= offset).length;
}

/** @param {SyntaxNode} object @param {Read} read */
function namesOf(object, read) {
  return object
    .getChildren('Property')
    .map((property) => property.getChild('PropertyName'))
    .filter((name) => name !== null)
    .map((name) => textOf(name, read));
}

/** @param {SyntaxNode} object @param {Read} read @param {string} name */
function member(object, read, name) {
  const properties = object.getChildren('Property');
  return (
    properties.find((property) => {
      const found = property.getChild('PropertyName');
      return found !== null && textOf(found, read) === name;
    }) ?? null
  );
}

/** @param {SyntaxNode} array @param {number} index */
function item(array, index) {
  return array.name === 'Array' ? (valuesIn(array)[index] ?? null) : null;
}

/** @param {SyntaxNode} node */
function valuesIn(node) {
  return VALUES.flatMap((name) => node.getChildren(name)).sort((one, other) => one.from - other.from);
}

/** @param {SyntaxNode} node */
function valueIn(node) {
  return valuesIn(node)[0] ?? null;
}

/** @param {SyntaxNode} name @param {Read} read */
function textOf(name, read) {
  const written = read(name.from, name.to);
  try {
    return String(JSON.parse(written));
  } catch {
    return written.replace(/^"|"$/g, '');
  }
}
