// Which components are chosen: plain functions on lists of ids in reading order.

/**
 * The ids from `anchor` to `id`, both included.
 * @param {string[]} order
 * @param {string} anchor
 * @param {string} id
 */
export function range(order, anchor, id) {
  const from = order.indexOf(anchor);
  const to = order.indexOf(id);
  if (to < 0) return [];
  if (from < 0) return [id];
  return order.slice(Math.min(from, to), Math.max(from, to) + 1);
}

/**
 * @param {string[]} selected
 * @param {string} id
 */
export function toggled(selected, id) {
  return selected.includes(id) ? selected.filter((other) => other !== id) : [...selected, id];
}

/**
 * Without those that lie inside another chosen one: they follow it anyhow.
 * @param {string[]} selected
 * @param {(id: string) => string[]} ancestors
 */
export function outermost(selected, ancestors) {
  const chosen = new Set(selected);
  return selected.filter((id) => !ancestors(id).some((ancestor) => chosen.has(ancestor)));
}

/**
 * The one to choose after the chosen ones are gone: the next that stays, else the one in front.
 * @param {string[]} order
 * @param {string[]} gone
 */
export function neighbour(order, gone) {
  const out = new Set(gone);
  const last = Math.max(...gone.map((id) => order.indexOf(id)));
  const after = order.slice(last + 1).find((id) => !out.has(id));
  const before = order
    .slice(0, Math.max(last, 0))
    .reverse()
    .find((id) => !out.has(id));
  return after ?? before ?? '';
}
