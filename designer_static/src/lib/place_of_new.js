import { childrenElement, holdersOf, ITEM, idOf, itemOf, placeOf } from './canvas_dom.js';

/** @typedef {import('../domain/editor_positions.js').Position} Position */

// What leads on stays at the end of a page.
const LEADS_ON = new Set(['NavigationButtons', 'Button', 'ButtonGroup']);

/**
 * Where the server puts a new component (commands/arranging.py): where it was dropped, else behind the chosen one.
 * @param {Element} canvas @param {[string, string][]} fields of the edit
 * @returns {Position | null} null where only the server knows
 */
export function placeOfNew(canvas, fields) {
  /** @param {string} wanted */
  const all = (wanted) => fields.filter(([name]) => name === wanted).map(([, value]) => value);
  const [parent] = all('parent');
  return parent === undefined
    ? behind(canvas, all('selected').at(-1) ?? '')
    : { parent, before: all('before')[0] ?? '' };
}

/** @param {Element} canvas @param {string} chosen @returns {Position | null} */
function behind(canvas, chosen) {
  const item = chosen ? itemOf(canvas, chosen) : null;
  if (!item) return { parent: '', before: endOfPage(canvas) };
  const holders = holdersOf(item);
  if (holders.some((holder) => holder.dataset.inside === chosen && holder.dataset.accepts))
    return { parent: chosen, before: '' };
  const parent = placeOf(item);
  const next = item.nextElementSibling;
  if (holders.length || parent.includes('#')) return null;
  return { parent, before: next instanceof HTMLElement && next.matches(ITEM) ? idOf(next) : '' };
}

/** @param {Element} canvas @returns {string} in front of what leads on; "" where nothing does */
function endOfPage(canvas) {
  const roots = /** @type {HTMLElement[]} */ ([...(childrenElement(canvas, '')?.children ?? [])]);
  let last = roots.length;
  while (last && LEADS_ON.has(roots[last - 1]?.dataset.type ?? '')) last -= 1;
  const first = roots[last];
  return first ? idOf(first) : '';
}
