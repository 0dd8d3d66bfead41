import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonLanguage } from '@codemirror/lang-json';
import { namesAt, pathAt, placeAt, rangeOf } from '../../designer_static/src/domain/json_places.js';

/** The place at the mark "|" in a text. @param {string} marked */
function at(marked) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const read = (/** @type {number} */ from, /** @type {number} */ to) => text.slice(from, to);
  return { tree: jsonLanguage.parser.parse(text), read, offset, text };
}

/** @param {string} marked */
function place(marked) {
  const { tree, read, offset, text } = at(marked);
  const found = placeAt(tree, read, offset);
  return (
    found && [found.kind, found.path.join('/'), text.slice(found.from, found.to), found.present.join(' ')]
  );
}

test('after a brace or a comma a name can be written', () => {
  assert.deepEqual(place('{|}'), ['name', '', '', '']);
  assert.deepEqual(place('{"a": 1, |}'), ['name', '', '', 'a']);
  assert.deepEqual(place('{"a": {"b": 1,\n  |\n}}'), ['name', 'a', '', 'b']);
});

test('a name that is begun is written anew, and does not stand in its own way', () => {
  assert.deepEqual(place('{"a": 1, "ti|"}'), ['name', '', '"ti"', 'a']);
  assert.deepEqual(place('{"a": 1, "ti|": 2}'), ['name', '', '"ti"', 'a']);
  assert.deepEqual(place('{"a": 1, "ti|}'), ['name', '', '"ti', 'a']);
  assert.deepEqual(place('{"a": 1, ti|}'), ['name', '', 'ti', 'a']);
});

test('after a colon a value can be written', () => {
  assert.deepEqual(place('{"a": |}'), ['value', 'a', '', '']);
  assert.deepEqual(place('{"a": tr|}'), ['value', 'a', 'tr', '']);
  assert.deepEqual(place('{"a": {"b": "str|"}}'), ['value', 'a/b', '"str"', '']);
  assert.deepEqual(place('{"a": "un|\n}'), ['value', 'a', '"un', '']);
});

test('in an array a value can be written after the bracket and after a comma', () => {
  assert.deepEqual(place('{"a": [|]}'), ['value', 'a/0', '', '']);
  assert.deepEqual(place('{"a": [1, |]}'), ['value', 'a/1', '', '']);
  assert.deepEqual(place('{"a": [1, "x|"]}'), ['value', 'a/1', '"x"', '']);
  assert.deepEqual(place('[{"a": {}}, {"b|"}]'), ['name', '1', '"b"', '']);
});

test('behind something finished nothing can be written', () => {
  assert.equal(place('{"a": 1 |}'), null);
  assert.equal(place('{"a": {} |}'), null);
  assert.equal(place('{"a": [1 |]}'), null);
  assert.equal(place('{"a" |}'), null);
});

test('a half-written text keeps the places before and behind the hole', () => {
  assert.deepEqual(place('{"a": , "b": {"c|": 1}}'), ['name', 'b', '"c"', '']);
  assert.deepEqual(place('{"a": 1 "b": {|'), ['name', 'b', '', '']);
});

test('names and plain values can be pointed at', () => {
  const name = at('{"a": {"b|c": [1, true]}}');
  assert.deepEqual(pathAt(name.tree, name.read, name.offset, 1)?.path, ['a', 'bc']);
  const value = at('{"a": {"bc": [1, t|rue]}}');
  assert.deepEqual(pathAt(value.tree, value.read, value.offset, 1)?.path, ['a', 'bc', 1]);
  const between = at('{"a": | {}}');
  assert.equal(pathAt(between.tree, between.read, between.offset, 1), null);
});

test('a pointer finds the name of the member, or the item', () => {
  const { tree, read, text } = at('{"a/b": [1, {"c~d": "x"}]}');
  const shown = (/** @type {string} */ pointer) => {
    const range = rangeOf(tree, read, pointer);
    return range && text.slice(range.from, range.to);
  };
  assert.equal(shown('/a~1b/1/c~0d'), '"c~d"');
  assert.equal(shown('/a~1b/0'), '1');
  assert.equal(shown('/a~1b/7'), '"a/b"');
  assert.equal(shown(''), text);
});

test('a pointer into nothing points nowhere', () => {
  const { tree, read } = at('');
  assert.equal(rangeOf(tree, read, '/a'), null);
});

test('the names in an object elsewhere are known', () => {
  const { tree, read } = at('{"$defs": {"Person": {}, "Adresse": {}}, "type": "object", "list": [{"x": 1}]}');
  assert.deepEqual(namesAt(tree, read, ['$defs']), ['Person', 'Adresse']);
  assert.deepEqual(namesAt(tree, read, ['list', 0]), ['x']);
  assert.deepEqual(namesAt(tree, read, ['type']), []);
  assert.deepEqual(namesAt(tree, read, ['definitions']), []);
});
