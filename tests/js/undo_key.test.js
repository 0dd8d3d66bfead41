import assert from 'node:assert/strict';
import { test } from 'node:test';
import { undoKey } from '../../designer_static/src/domain/undo_key.js';

/** @param {string} key @param {Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>>} held */
const press = (key, held = {}) =>
  undoKey({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held });

test('Ctrl+Z and ⌘Z take back', () => {
  assert.equal(press('z', { ctrlKey: true }), 'undo');
  assert.equal(press('z', { metaKey: true }), 'undo');
});

test('with Shift the same keys do it again, and so does Ctrl+Y', () => {
  assert.equal(press('Z', { ctrlKey: true, shiftKey: true }), 'redo');
  assert.equal(press('Z', { metaKey: true, shiftKey: true }), 'redo');
  assert.equal(press('y', { ctrlKey: true }), 'redo');
});

test('a letter alone, or with Alt, is just a letter', () => {
  assert.equal(press('z'), null);
  assert.equal(press('z', { ctrlKey: true, altKey: true }), null);
  assert.equal(press('a', { ctrlKey: true }), null);
});
