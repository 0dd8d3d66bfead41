import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neighbour, outermost, range, toggled } from '../../designer_static/src/domain/editor_selection.js';

const order = ['a', 'b', 'c', 'd'];

test('a range goes both ways and begins anew without an anchor', () => {
  assert.deepEqual(range(order, 'a', 'c'), ['a', 'b', 'c']);
  assert.deepEqual(range(order, 'd', 'b'), ['b', 'c', 'd']);
  assert.deepEqual(range(order, 'gone', 'b'), ['b']);
  assert.deepEqual(range(order, 'a', 'gone'), []);
});

test('toggling adds and takes away', () => {
  assert.deepEqual(toggled(['a'], 'b'), ['a', 'b']);
  assert.deepEqual(toggled(['a', 'b'], 'a'), ['b']);
});

test('what lies inside a chosen group is not moved a second time', () => {
  const parents = { b: ['g'], g: [] };
  assert.deepEqual(
    outermost(['g', 'b'], (id) => parents[id]),
    ['g'],
  );
});

test('after a delete the next one is chosen, at the end the one in front', () => {
  assert.equal(neighbour(order, ['b']), 'c');
  assert.equal(neighbour(order, ['c', 'd']), 'b');
  assert.equal(neighbour(['a'], ['a']), '');
});
