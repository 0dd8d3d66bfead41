// Where components may be put: the drop positions of a page in the order a reader meets them.

/**
 * A component on the page. `accepts` is null for one that holds no others, `['*']` for one that holds any,
 * else the list of types it holds. A `part` is a tab, a card or a cell of the component around it, which itself
 * cannot be moved; its id is an address ("tabs1#tabs/0/children").
 * @typedef {{ id: string, type: string, accepts: string[] | null, children: Item[], part?: boolean }} Item
 */

/**
 * A place between components: inside `parent` ('' is the page), in front of `before` ('' is at the end).
 * @typedef {{ parent: string, before: string }} Position
 */

/**
 * Every place the moved components may go, in reading order, the place they come from among them.
 * @param {Item[]} roots
 * @param {ReadonlySet<string>} moved
 * @param {string[]} types the types of the moved components
 * @returns {Position[]}
 */
export function positions(roots, moved, types) {
  /** @type {Position[]} */
  const found = [];
  collect('', ['*'], roots);
  return found;

  /** @param {string} parent @param {string[]} accepts @param {Item[]} items */
  function collect(parent, accepts, items) {
    const open = takes(accepts, types);
    for (const item of items) {
      if (moved.has(item.id)) continue;
      if (open && !item.part) found.push({ parent, before: item.id });
      if (item.accepts) collect(item.id, item.accepts, item.children);
    }
    if (open) found.push({ parent, before: '' });
  }
}

/**
 * Whether a container that accepts these types takes all of the given ones.
 * @param {string[]} accepts
 * @param {string[]} types
 */
export function takes(accepts, types) {
  return accepts.includes('*') || types.every((type) => accepts.includes(type));
}

/**
 * Where the moved components are now: the parent of the first, in front of what follows the last.
 * @param {Item[]} roots
 * @param {ReadonlySet<string>} moved
 * @returns {Position | null}
 */
export function currentPosition(roots, moved) {
  return find('', roots);

  /** @param {string} parent @param {Item[]} items @returns {Position | null} */
  function find(parent, items) {
    const first = items.findIndex((item) => moved.has(item.id));
    if (first >= 0) {
      const next = items.slice(first).find((item) => !moved.has(item.id));
      return { parent, before: next ? next.id : '' };
    }
    for (const item of items) {
      const inside = find(item.id, item.children);
      if (inside) return inside;
    }
    return null;
  }
}

/**
 * The place one step away: 'up' and 'down' in reading order, 'out' behind the container, 'into' a neighbour.
 * Null where there is none.
 * @param {Item[]} roots
 * @param {ReadonlySet<string>} moved
 * @param {string[]} types
 * @param {Position} from
 * @param {'up' | 'down' | 'into' | 'out' | 'first' | 'last'} way
 * @returns {Position | null}
 */
export function step(roots, moved, types, from, way) {
  const all = positions(roots, moved, types);
  const at = all.findIndex((place) => same(place, from));
  if (way === 'first') return all[0] ?? null;
  if (way === 'last') return all[all.length - 1] ?? null;
  if (way === 'up') return all[at - 1] ?? null;
  if (way === 'down') return all[at + 1] ?? null;
  if (way === 'out') return behindParent(roots, from, all);
  return intoNeighbour(roots, moved, from, all);
}

/** @param {Position} a @param {Position} b */
export function same(a, b) {
  return a.parent === b.parent && a.before === b.before;
}

/** @param {Item[]} roots @param {Position} from @param {Position[]} all @returns {Position | null} */
function behindParent(roots, from, all) {
  if (!from.parent) return null;
  const place = currentPosition(roots, new Set([from.parent.replace(/#[^#]*$/, '')]));
  return (place && all.find((other) => same(other, place))) ?? null;
}

/**
 * The end of the container in front, else the start of the one behind.
 * @param {Item[]} roots @param {ReadonlySet<string>} moved @param {Position} from @param {Position[]} all
 * @returns {Position | null}
 */
function intoNeighbour(roots, moved, from, all) {
  const siblings = childrenOf(roots, from.parent).filter((item) => !moved.has(item.id));
  const behind = from.before ? siblings.findIndex((item) => item.id === from.before) : siblings.length;
  const before = siblings[behind - 1];
  const after = siblings[behind];
  const end = before && all.find((place) => place.parent === before.id && place.before === '');
  const start = after && all.find((place) => place.parent === after.id);
  return end ?? start ?? null;
}

/** @param {Item[]} roots @param {string} parent @returns {Item[]} */
export function childrenOf(roots, parent) {
  if (!parent) return roots;
  for (const item of roots) {
    if (item.id === parent) return item.children;
    const inside = childrenOf(item.children, parent);
    if (inside.length) return inside;
  }
  return [];
}
