import assert from 'node:assert/strict';
import test from 'node:test';
import { judge } from '../../designer_static/src/domain/pattern_judge.js';

test('an example fits or does not fit', () => {
  assert.equal(judge('^[0-9]{4}$', '0150'), 'fits');
  assert.equal(judge('^[0-9]{4}$', '150'), 'misfits');
});

test('a pattern that cannot be read is called broken, also without an example', () => {
  assert.equal(judge('([', ''), 'broken');
});

test('without a pattern or an example there is nothing to say', () => {
  assert.equal(judge('', 'x'), '');
  assert.equal(judge('^x$', ''), '');
});
