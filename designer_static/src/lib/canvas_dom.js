// Reading the canvas: the components are elements with data-component, a container's children stand in
// an element with data-inside. The elements are the only copy of the tree that the browser has.

// A component whose parts hold others (tabs, cards, cells) has an element for each: data-inside="id#tabs/0/children".

/** @typedef {import('../domain/editor_positions.js').Item} Item */

export const ITEM = '[data-component]';

/** @param {Element} canvas @returns {HTMLElement[]} in reading order */
export function itemsOf(canvas) {
  return /** @type {HTMLElement[]} */ ([...canvas.querySelectorAll(ITEM)]);
}

/** @param {Element} canvas @param {string} id @returns {HTMLElement | null} */
export function itemOf(canvas, id) {
  return canvas.querySelector(`[data-component="${CSS.escape(id)}"]`);
}

/** @param {Element} canvas @returns {string[]} the chosen ids in reading order */
export function selectedIds(canvas) {
  return itemsOf(canvas)
    .filter((item) => item.dataset.chosen !== undefined)
    .map(idOf);
}

/**
 * Say of a component whether it is chosen and whether it is the one in the tab order. Writes only what is different:
 * a page may have a thousand of them.
 * @param {HTMLElement} item @param {boolean} chosen @param {boolean} current
 */
export function markItem(item, chosen, current) {
  if ((item.dataset.chosen !== undefined) !== chosen) {
    item.toggleAttribute('data-chosen', chosen);
    item.setAttribute('aria-current', String(chosen));
  }
  const index = current ? '0' : '-1';
  if (item.getAttribute('tabindex') !== index) item.setAttribute('tabindex', index);
}

/** @param {HTMLElement} item */
export function idOf(item) {
  return item.dataset.component ?? '';
}

/** @param {HTMLElement} item @returns {string[]} ids of the components around this one, the nearest first */
export function ancestorIds(item) {
  const ids = [];
  for (let up = parentItem(item); up; up = parentItem(up)) ids.push(idOf(up));
  return ids;
}

/** @param {HTMLElement} item @returns {HTMLElement | null} */
export function parentItem(item) {
  return /** @type {HTMLElement | null} */ (item.parentElement?.closest(ITEM) ?? null);
}

/** The element that holds the children of `parent`. @param {Element} canvas @param {string} parent @returns {HTMLElement | null} */
export function childrenElement(canvas, parent) {
  return canvas.querySelector(`[data-inside="${CSS.escape(parent)}"]`);
}

/** @param {Element} canvas @returns {Item[]} */
export function readTree(canvas) {
  const root = childrenElement(canvas, '');
  return root ? readChildren(root) : [];
}

/** @param {Element} holder @returns {Item[]} */
function readChildren(holder) {
  return [...holder.children]
    .filter((child) => child.matches(ITEM))
    .map((child) => readItem(/** @type {HTMLElement} */ (child)));
}

/** @param {HTMLElement} item @returns {Item} */
function readItem(item) {
  const holders = holdersOf(item);
  const whole = holders.find((holder) => holder.dataset.inside === idOf(item));
  const parts = holders.filter((holder) => holder !== whole).map(readPart);
  return {
    id: idOf(item),
    type: item.dataset.type ?? '',
    accepts: whole ? acceptedBy(whole) : parts.length ? [] : null,
    children: [...parts, ...(whole ? readChildren(whole) : [])],
  };
}

/** @param {HTMLElement} holder @returns {Item} */
function readPart(holder) {
  const id = holder.dataset.inside ?? '';
  return { id, type: '', part: true, accepts: acceptedBy(holder), children: readChildren(holder) };
}

/** The elements that hold what is inside this component. @param {HTMLElement} item @returns {HTMLElement[]} */
export function holdersOf(item) {
  const all = /** @type {HTMLElement[]} */ ([...item.querySelectorAll('[data-inside]')]);
  return all.filter((holder) => holder.parentElement?.closest(ITEM) === item);
}

/** The address of the place that a component stands in. @param {HTMLElement} item @returns {string} */
export function placeOf(item) {
  const holder = item.parentElement?.closest('[data-inside]');
  return holder instanceof HTMLElement ? (holder.dataset.inside ?? '') : '';
}

/** The types that may be put into a holder. @param {HTMLElement} holder */
export function acceptedBy(holder) {
  return (holder.dataset.accepts ?? '').split(' ').filter(Boolean);
}

/**
 * Draw the line that shows where a component will land; null takes it away.
 * @param {HTMLElement} canvas
 * @param {{ parent: string, before: string } | null} place
 */
export function drawLine(canvas, place) {
  canvas.querySelector(':scope > .drop-line')?.remove();
  for (const marked of canvas.querySelectorAll('[data-drop-into]')) marked.removeAttribute('data-drop-into');
  const holder = place && childrenElement(canvas, place.parent);
  if (!place || !holder) return;
  const frame = canvas.getBoundingClientRect();
  const box = holder.getBoundingClientRect();
  const line = document.createElement('div');
  line.className = 'drop-line';
  line.style.left = `${box.left - frame.left}px`;
  line.style.width = `${box.width}px`;
  line.style.top = `${lineHeight(canvas, holder, place.before) - frame.top}px`;
  canvas.append(line);
  holder.closest(ITEM)?.setAttribute('data-drop-into', '');
  line.scrollIntoView({ block: 'nearest' });
}

/** @param {Element} canvas @param {HTMLElement} holder @param {string} before */
function lineHeight(canvas, holder, before) {
  const next = before ? itemOf(canvas, before) : null;
  if (next) {
    const previous = next.previousElementSibling;
    const top = next.getBoundingClientRect().top;
    return previous ? (previous.getBoundingClientRect().bottom + top) / 2 : top - 4;
  }
  const last = holder.lastElementChild;
  return last ? last.getBoundingClientRect().bottom + 4 : holder.getBoundingClientRect().top + 8;
}
