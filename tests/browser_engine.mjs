// The browser's engine for tests in Python: a line of JSON in, {ask, …}, and a line of JSON out.
import { createInterface } from 'node:readline';
import { evaluate } from '../designer_static/src/domain/expressions/compile.js';
import { ExpressionError } from '../designer_static/src/domain/expressions/error.js';
import { Spot } from '../designer_static/src/domain/expressions/form.js';
import { joined } from '../designer_static/src/domain/expressions/paths.js';
import { toText, typeName } from '../designer_static/src/domain/expressions/values.js';
import { brokenRules, calculate, places } from '../designer_static/src/domain/field_rules.js';
import { formOf, spotOf } from './js/expression_cases.js';

const ASKS = { value, broken, worked, hidden };

for await (const line of createInterface({ input: process.stdin })) {
  const { ask, ...asked } = JSON.parse(line);
  console.log(JSON.stringify(ASKS[ask](asked)));
}

/** The value of an expression: {type, text}, or {error}. */
function value({ file, expression }) {
  try {
    const found = evaluate(expression, spotOf(file, formOf(file)));
    return { type: typeName(found), text: toText(found) };
  } catch (error) {
    if (error instanceof ExpressionError) return { error: error.message };
    throw error;
  }
}

/** What is wrong with the answers that are not `hidden`: [text, severity, place] each. */
function broken({ file, rules, type, passed }) {
  const form = formOf(file);
  return Object.entries(rules).flatMap(([path, own]) =>
    places(form.around.models[type], path)
      .filter((place) => !passed.includes(place))
      .flatMap((place) =>
        brokenRules(form, type, place, own).map(({ text, severity }) => [text, severity, place]),
      ),
  );
}

/** The data with what is worked out in it. */
function worked({ file, calculations }) {
  const form = formOf(file);
  calculate(form, calculations);
  return form.around.models;
}

/** Where hidden components are bound and no shown one is: the same walk as studio/runtime/hidden.py. */
function hidden({ file, forRemoval }) {
  const form = formOf(file);
  const [away, shown] = [new Set(), new Set()];
  const note = (isHidden, place) => (isHidden ? away : shown).add(place);
  const walk = (spot, isAround) => {
    const { node } = spot;
    const isHidden =
      (isAround || spot.flag('hidden')) && (!forRemoval || spot.flag('removeWhenHidden', true));
    const bindings = node.type.toLowerCase() === 'likert' ? {} : (node.raw.dataModelBindings ?? {});
    for (const key of 'group' in bindings ? ['group'] : Object.keys(bindings)) note(isHidden, placeOf(spot, key));
    if (!node.repeats) return node.children.map((child) => walk(form.spot(child.id, spot.rows), isHidden));
    const rows = spot.answer('group');
    const group = placeOf(spot, 'group');
    for (const row of Array.isArray(rows) ? rows.keys() : []) {
      const inRow = rowOf(spot, row);
      const rowIsHidden = isHidden || inRow.flagValue(node.raw.hiddenRow, false);
      note(rowIsHidden, `${group}[${row}]`);
      for (const child of node.children)
        if (child.part === 'row') walk(form.spot(child.id, inRow.rows), rowIsHidden);
    }
    for (const child of node.children)
      if (child.part !== 'row') walk(form.spot(child.id, spot.rows), isHidden);
  };
  for (const page of form.tree.pages)
    for (const spot of form.children(form.page(page.name)))
      walk(spot, form.page(page.name).flagValue(page.hidden, false));
  return [...away].filter((place) => !shown.has(place));
}

/** A repeating group as it is seen from one of its rows, where something stands in them. */
function rowOf(spot, row) {
  const rows = [...spot.rows, row];
  const inside = spot.node.children.find(({ part }) => part === 'row');
  const { location } = inside ? spot.form.spot(inside.id, rows) : spot;
  return new Spot(spot.form, spot.node, spot.page, rows, location);
}

function placeOf(spot, key) {
  const [path, type] = spot.node.binding(key);
  return joined(spot.meant(path, type ?? spot.form.around.defaultType));
}
