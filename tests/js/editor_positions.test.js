import assert from 'node:assert/strict';
import { test } from 'node:test';
import { currentPosition, positions, step } from '../../designer_static/src/domain/editor_positions.js';

const leaf = (id, type = 'Input') => ({ id, type, accepts: null, children: [] });
const page = [
  leaf('a'),
  { id: 'g', type: 'Group', accepts: ['*'], children: [leaf('b'), leaf('c')] },
  { id: 'buttons', type: 'ButtonGroup', accepts: ['Button'], children: [] },
  leaf('d'),
];
const spot = (parent, before) => ({ parent, before });

test('positions follow the reading order, into groups and out of them', () => {
  assert.deepEqual(positions(page, new Set(['a']), ['Input']), [
    spot('', 'g'),
    spot('g', 'b'),
    spot('g', 'c'),
    spot('g', ''),
    spot('', 'buttons'),
    spot('', 'd'),
    spot('', ''),
  ]);
});

test('a container that takes buttons only is closed for a text field and open for a button', () => {
  const parents = (type) => positions(page, new Set(['x']), [type]).map((place) => place.parent);
  assert.ok(!parents('Input').includes('buttons'));
  assert.ok(parents('Button').includes('buttons'));
});

test('a group cannot be moved into itself', () => {
  assert.ok(positions(page, new Set(['g']), ['Group']).every((place) => place.parent !== 'g'));
});

test('several moved components count as one place', () => {
  assert.deepEqual(currentPosition(page, new Set(['b', 'c'])), spot('g', ''));
  assert.deepEqual(currentPosition(page, new Set(['a', 'g'])), spot('', 'buttons'));
  assert.equal(currentPosition(page, new Set(['nowhere'])), null);
});

test('steps go up, down, into the neighbour, out of the group, and stop at the ends', () => {
  const moved = new Set(['a']);
  const from = currentPosition(page, moved);
  const go = (place, way) => step(page, moved, ['Input'], place, way);
  assert.deepEqual(go(from, 'down'), spot('g', 'b'));
  assert.equal(go(from, 'up'), null);
  assert.deepEqual(go(from, 'into'), spot('g', 'b'));
  assert.deepEqual(go(spot('g', 'c'), 'out'), spot('', 'buttons'));
  assert.deepEqual(go(spot('', 'buttons'), 'into'), spot('g', ''));
  assert.equal(go(spot('', ''), 'down'), null);
  assert.equal(go(from, 'out'), null);
  assert.deepEqual(go(from, 'last'), spot('', ''));
});
