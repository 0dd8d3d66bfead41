import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { evaluate } from '../../designer_static/src/domain/expressions/compile.js';
import { Decimal } from '../../designer_static/src/domain/expressions/decimal.js';
import { ExpressionError } from '../../designer_static/src/domain/expressions/error.js';
import { filesBelow, formOf, missing, spotOf, VECTORS } from './expression_cases.js';

// Cases that cannot come out in a browser as the file says, each with the reason.
const LEFT_OUT = {};

function* cases(folder) {
  for (const [name, file] of filesBelow(join(VECTORS, 'expressions', folder))) {
    if ('expression' in file) yield [name, file, file];
    for (const [number, part] of (file.testCases ?? []).entries()) yield [`${name}#${number}`, file, part];
  }
}

/** A value as JSON would hold it, numbers to 12 digits. */
function comparable(value) {
  if (typeof value === 'number' || value instanceof Decimal) return Number(Number(value).toPrecision(12));
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, comparable(part)]));
}

/** What is wrong with the outcome of a case; null where it is right. */
function miss(file, part) {
  const fails = part.expectsFailure?.replace(/^\*|\*$/g, '');
  let found;
  try {
    const form = formOf(file);
    if (form.tree.problems.length) throw new ExpressionError(form.tree.problems.join('; '));
    found = evaluate(part.expression, spotOf(file, form));
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return fails !== undefined && error.message.includes(fails) ? null : `failed: ${error.message}`;
  }
  if (fails !== undefined) return `expected the failure ${fails}, found ${JSON.stringify(found)}`;
  try {
    assert.deepStrictEqual(comparable(found), comparable(part.expects));
    return null;
  } catch {
    return `expected ${JSON.stringify(part.expects)}, found ${JSON.stringify(found)}`;
  }
}

for (const folder of ['functions', 'invalid', 'backend-only'])
  test(`every shared case of ${folder} comes out as its file says`, {
    skip: missing(`expressions/${folder}`),
  }, () => {
    const misses = {};
    let count = 0;
    for (const [name, file, part] of cases(folder)) {
      count += 1;
      const wrong = miss(file, part);
      if ((wrong !== null) !== name in LEFT_OUT) misses[name] = wrong ?? 'is right now: take it off the list';
    }
    assert.ok(count > 0);
    assert.deepEqual(misses, {});
  });

/** A place and what is inside it, in the shape of expectedContexts. */
function outline(spot) {
  const children = spot.form.children(spot).map(outline);
  return {
    component: spot.node ? spot.node.id : spot.page,
    currentLayout: spot.page,
    ...(spot.rows.length && { rowIndices: spot.rows }),
    ...(children.length && { children }),
  };
}

/** An expected context without empty parts. */
function tidy({ component, currentLayout, rowIndices, children }) {
  return {
    component,
    currentLayout,
    ...(rowIndices?.length && { rowIndices }),
    ...(children?.length && { children: children.map(tidy) }),
  };
}

test('the contexts of components are those of the shared files', {
  skip: missing('expressions/context-lists'),
}, () => {
  let count = 0;
  for (const [name, file] of filesBelow(join(VECTORS, 'expressions', 'context-lists'))) {
    count += 1;
    const form = formOf(file);
    const found = form.tree.pages.map((page) => outline(form.page(page.name)));
    assert.deepEqual(found, file.expectedContexts.map(tidy), name);
  }
  assert.ok(count > 0);
});
