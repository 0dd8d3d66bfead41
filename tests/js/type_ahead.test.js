import assert from 'node:assert/strict';
import test from 'node:test';
import { TypeAhead } from '../../designer_static/src/domain/type_ahead.js';

const NAMES = ['model', 'adresse', 'alder', 'barn', 'Aar'];

test('a letter goes to the next name that begins so, and round again', () => {
  const typing = new TypeAhead();
  assert.equal(typing.next('a', 0, NAMES, 0), 1);
  assert.equal(typing.next('a', 1000, NAMES, 1), 2);
  assert.equal(typing.next('a', 2000, NAMES, 2), 4);
  assert.equal(typing.next('a', 3000, NAMES, 4), 1);
});

test('letters in a row are the beginning of one name', () => {
  const typing = new TypeAhead();
  typing.next('a', 0, NAMES, 0);
  assert.equal(typing.next('l', 100, NAMES, 1), 2);
});

test('after a pause typing begins anew, and a name that is not there is nowhere', () => {
  const typing = new TypeAhead();
  typing.next('a', 0, NAMES, 0);
  assert.equal(typing.next('b', 2000, NAMES, 1), 3);
  assert.equal(typing.next('z', 4000, NAMES, 3), -1);
});
