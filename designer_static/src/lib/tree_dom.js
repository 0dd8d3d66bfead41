// Reading the tree of fields: rows are links with data-key; what is inside a row stands in the list after it.
// The elements are the only copy of the tree that the browser has.

export const ROW = '.tree-row';

/** @param {Element} tree @returns {HTMLElement[]} the rows that are seen, from top to bottom */
export function rowsOf(tree) {
  return /** @type {HTMLElement[]} */ ([...tree.querySelectorAll(ROW)]);
}

/** @param {Element} tree @param {string} key @returns {HTMLElement | null} */
export function rowAt(tree, key) {
  return tree.querySelector(`${ROW}[data-key="${CSS.escape(key)}"]`);
}

/** @param {EventTarget | null} target @returns {HTMLElement | null} */
export function rowOf(target) {
  return target instanceof Element ? target.closest(ROW) : null;
}

/** @param {HTMLElement} row @returns {HTMLElement | null} the list of what is inside, where it is open */
export function insideOf(row) {
  const next = row.nextElementSibling;
  return next instanceof HTMLUListElement ? next : null;
}

/** @param {HTMLElement} row @returns {HTMLElement | null} */
export function parentRow(row) {
  const above = row.parentElement?.parentElement?.previousElementSibling;
  return above instanceof HTMLElement && above.matches(ROW) ? above : null;
}

/** @param {HTMLElement} row @returns {HTMLElement | null} the next row in the same group */
export function nextSibling(row) {
  return row.parentElement?.nextElementSibling?.querySelector(`:scope > ${ROW}`) ?? null;
}

/** @param {HTMLElement} row */
export function keyOf(row) {
  return row.dataset.key ?? '';
}

/** Whether fields can be put into it. @param {HTMLElement} row */
export function holds(row) {
  return row.dataset.holds !== undefined;
}

/**
 * The place for something that is put in at a row: inside a group, else behind the field.
 * @param {HTMLElement} row
 * @returns {{ parent: string, before: string } | null}
 */
export function placeAt(row) {
  return holds(row) ? { parent: keyOf(row), before: '' } : placeBehind(row);
}

/** @param {HTMLElement} row @returns {{ parent: string, before: string } | null} */
export function placeBehind(row) {
  const parent = parentRow(row);
  return parent && { parent: keyOf(parent), before: nextSibling(row)?.dataset.name ?? '' };
}

/** @param {HTMLElement} row @returns {{ parent: string, before: string } | null} */
export function placeBefore(row) {
  const parent = parentRow(row);
  return parent && { parent: keyOf(parent), before: row.dataset.name ?? '' };
}

/**
 * Give the lists of links what a screen reader needs to know a tree by. Without JavaScript they are lists of links.
 * @param {Element} tree @param {string} label @param {string} current key of the row that Tab comes to
 */
export function makeTree(tree, label, current) {
  tree.setAttribute('role', 'tree');
  tree.setAttribute('aria-label', label);
  const rows = rowsOf(tree);
  const chosen = rows.find((row) => keyOf(row) === current) ?? rows[0];
  for (const row of rows) {
    row.parentElement?.setAttribute('role', 'none');
    const inside = insideOf(row);
    inside?.setAttribute('role', 'group');
    row.setAttribute('role', 'treeitem');
    row.setAttribute('aria-selected', String(row === chosen));
    row.toggleAttribute('aria-current', false);
    row.setAttribute('aria-level', String(levelOf(row, tree)));
    if (row.dataset.branch) row.setAttribute('aria-expanded', String(inside !== null));
    if (inside) row.setAttribute('aria-owns', inside.id);
    else row.removeAttribute('aria-owns');
    row.tabIndex = row === chosen ? 0 : -1;
  }
}

/** @param {HTMLElement} row @param {Element} tree */
function levelOf(row, tree) {
  let level = 0;
  for (let list = row.closest('ul'); list; list = list.parentElement?.closest('ul') ?? null) {
    level += 1;
    if (list === tree) break;
  }
  return level;
}
