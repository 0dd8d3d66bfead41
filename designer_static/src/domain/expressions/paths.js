/**
 * Paths into form data, and what they mean inside the rows of repeating groups.
 * @typedef {[name: string, index: number | null]} Segment
 * @typedef {{dataType: string, segments: Segment[]}} Location the row of a data model that something stands in
 */

/** @type {Map<string, Segment[]>} */
const known = new Map();

/** @param {string} path "a.b[1].c"; anything that is no path gives parts that match nothing @returns {Segment[]} */
export function split(path) {
  let parts = known.get(path);
  if (!parts) {
    parts = path.split('.').flatMap(segmentsOf);
    known.set(path, parts);
  }
  return parts;
}

/** @param {string} piece @returns {Segment[]} */
function segmentsOf(piece) {
  const [, name, indexes = ''] = /^([^.[\]]+)((?:\[\d+\])*)$/.exec(piece) ?? [];
  if (name === undefined) return [[piece, null]];
  const [first, ...others] = (indexes.match(/\d+/g) ?? []).map(Number);
  return [[name, first ?? null], .../** @type {Segment[]} */ (others.map((index) => ['', index]))];
}

/** @param {Segment[]} segments */
export function joined(segments) {
  const parts = segments.map(([name, index]) => (name && `.${name}`) + (index === null ? '' : `[${index}]`));
  return parts.join('').replace(/^\./, '');
}

/**
 * `target` with the row indexes of `location`, while both go the same way and target has none itself.
 * @param {Segment[]} target @param {Segment[]} location @returns {Segment[]}
 */
export function transposed(target, location) {
  /** @type {Segment[]} */
  const moved = [];
  for (const [place, [name, index]] of target.entries()) {
    const there = location[place];
    if (there?.[0] !== name || index !== null) return [...moved, ...target.slice(place)];
    moved.push([name, there[1]]);
  }
  return moved;
}

/** @param {Location} location @param {string} binding @param {number} index @returns {Location} a row of the group there */
export function inside(location, binding, index) {
  const parts = [...transposed(split(binding), location.segments)];
  const last = parts.pop();
  return { dataType: location.dataType, segments: last ? [...parts, [last[0], index]] : parts };
}

/** @param {any} data @param {Segment[]} segments @returns {any} null where there is nothing, also behind a list without an index */
export function lookup(data, segments) {
  let found = data;
  for (const segment of segments) {
    const name = segment[0];
    const index = segment[1];
    if (name) found = isObject(found) && Object.hasOwn(found, name) ? found[name] : null;
    if (index !== null) found = Array.isArray(found) ? found[index] : null;
    if (found === null || found === undefined) return null;
  }
  return found;
}

/** @param {any} value @returns {value is Record<string, any>} */
export function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
