/**
 * Rules of older apps as the browser asks them: in which rows, with which inputs, and what their answers mean. It knows no
 * page: islands/old_rules.js reads fields and shows what comes of it.
 */

/** @typedef {import('./form_values.js').Control} Control */
/** A component (by id) or a field (by path), and the lists around it, outermost first. @typedef {{id: string, groups: string[]}} Target */
/**
 * A rule (studio/runtime/forms/old_rules.py).
 * @typedef {{holder: string, function: string, action: 'show' | 'hide' | 'write', inputs: Record<string, string>,
 *   controls: Record<string, Control>, targets: Target[]}} OldRule
 */
/** A rule in some rows: `paths` of its inputs there, `key` of the component or field that it decides about. @typedef {{rule: OldRule, key: string, paths: Record<string, string>}} Asked */

/** @param {OldRule[]} rules @param {any} data that they read @returns {Asked[]} every rule in every row that there is */
export function askedIn(rules, data) {
  return rules.flatMap((rule) =>
    rule.targets.flatMap(({ id, groups }) =>
      rowsOf(groups, data).map((rows) => ({
        rule,
        key: rule.action === 'write' ? inRows(id, groups, rows) : [id, ...rows].join('-'),
        paths: Object.fromEntries(
          Object.entries(rule.inputs).map(([name, path]) => [name, inRows(path, groups, rows)]),
        ),
      })),
    ),
  );
}

/** @param {string[]} groups @param {any} data @returns {number[][]} the rows of lists inside one another: [[0, 0], [0, 1], …] */
function rowsOf(groups, data) {
  /** @type {number[][]} */
  let found = [[]];
  for (let depth = 0; depth < groups.length; depth += 1) {
    found = found.flatMap((rows) => {
      const list = valueAt(data, inRows(groups[depth] ?? '', groups.slice(0, depth), rows));
      return Array.isArray(list) ? list.map((_, row) => [...rows, row]) : [];
    });
  }
  return found;
}

/** @param {string} path @param {string[]} groups @param {number[]} rows @returns {string} the path in these rows */
export function inRows(path, groups, rows) {
  for (let depth = groups.length; depth > 0; depth -= 1) {
    const group = groups[depth - 1] ?? '';
    if (path !== group && !path.startsWith(`${group}.`)) continue;
    const before = inRows(group, groups.slice(0, depth - 1), rows);
    return path === group ? before : `${before}[${rows[depth - 1]}]${path.slice(group.length)}`;
  }
  return path;
}

/** @param {any} data @param {string} path @returns {any} what lies at a path; undefined where nothing does */
export function valueAt(data, path) {
  let here = data;
  for (const part of path.split('.')) {
    const [, name = '', index] = /^([^[]+)(?:\[(\d+)\])?$/.exec(part) ?? [];
    here = Object.hasOwn(here ?? {}, name) ? here[name] : undefined;
    if (index !== undefined) here = Array.isArray(here) ? here[Number(index)] : undefined;
  }
  return here ?? undefined;
}

/** @param {Asked[]} asked @param {unknown[]} values what they gave @returns {Set<string>} keys of the components that are hidden */
export function hiddenBy(asked, values) {
  const hidden = new Set();
  asked.forEach(({ rule, key }, place) => {
    const value = values[place];
    // A rule that failed hides nothing.
    if (rule.action !== 'write' && value !== undefined && Boolean(value) === (rule.action === 'hide'))
      hidden.add(key);
  });
  return hidden;
}

/** @param {unknown} value that a rule has worked out @returns {string} as it would be typed */
export function asTyped(value) {
  if (value === undefined || value === null || Number.isNaN(value)) return '';
  return String(value);
}
