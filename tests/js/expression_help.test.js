import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonLanguage } from '@codemirror/lang-json';
import { complete, explain } from '../../designer_static/src/domain/expression_help.js';

const DIALECT = {
  functions: {
    equals: {
      words: 'Whether two values are the same.',
      insert: '["equals", |]',
      roles: ['', ''],
      repeats: false,
    },
    plus: { words: 'Adds numbers.', insert: '["plus", |]', roles: ['', ''], repeats: true },
    dataModel: {
      words: 'A field.',
      insert: '["dataModel", "|"]',
      roles: ['field', 'data type'],
      repeats: false,
    },
    compare: { words: 'Compares.', insert: '["compare", |]', roles: ['', 'operator', ''], repeats: false },
  },
  names: {
    field: [
      { value: 'age', words: 'Age' },
      { value: 'name', words: 'Name' },
    ],
    'data type': [{ value: 'model', words: '' }],
    operator: [{ value: 'isBefore', words: 'is before' }],
  },
};

/** The text and the place of the mark "|" in it. @param {string} marked */
function at(marked) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const read = (/** @type {number} */ from, /** @type {number} */ to) => text.slice(from, to);
  return { tree: jsonLanguage.parser.parse(text), read, offset, text };
}

/** @param {string} marked */
function offered(marked) {
  const { tree, read, offset, text } = at(marked);
  const found = complete(DIALECT, tree, read, offset);
  return found && [text.slice(found.from, found.to), found.suggestions.map((each) => each.insert).join(' ')];
}

const CALLS = '["equals", |] ["plus", |] ["dataModel", "|"] ["compare", |]';
const NAMES = '"equals" "plus" "dataModel" "compare"';

test('an empty text can become any call', () => {
  assert.deepEqual(offered('|'), ['', CALLS]);
  assert.deepEqual(offered('  eq|'), ['eq', CALLS]);
});

test('a call begins with the name of a function', () => {
  assert.deepEqual(offered('[|]'), ['', NAMES]);
  assert.deepEqual(offered('["eq|"]'), ['"eq"', NAMES]);
});

test('an argument of any kind can be another call', () => {
  assert.deepEqual(offered('["equals", |]'), ['', CALLS]);
  assert.deepEqual(offered('["plus", 1, 2, |]'), ['', CALLS]);
});

test('an argument that names something offers the names', () => {
  assert.deepEqual(offered('["dataModel", "|"]'), ['""', '"age" "name"']);
  assert.deepEqual(offered('["equals", ["dataModel", "na|"], 1]'), ['"na"', '"age" "name"']);
});

test('what has to be written out offers no calls', () => {
  assert.deepEqual(offered('["dataModel", "age", |]'), ['', '"model"']);
  assert.deepEqual(offered('["compare", 1, |]'), ['', '"isBefore"']);
  assert.deepEqual(offered('["compare", 1, "not", |, 2]'), ['', '"isBefore"']);
});

test('a half written call is understood as far as it goes', () => {
  assert.deepEqual(offered('["equals", ["dataModel", "|'), ['"', '"age" "name"']);
});

/** @param {string} marked */
function explained(marked) {
  const { tree, read, offset } = at(marked);
  return explain(DIALECT, tree, read, offset, 1)?.words ?? null;
}

test('the name of a function and what an argument names are explained', () => {
  assert.equal(explained('["pl|us", 1]'), 'Adds numbers.');
  assert.equal(explained('["dataModel", "a|ge"]'), 'Age');
});

test('a plain value and an unknown name are not explained', () => {
  assert.equal(explained('["plus", "a|ge"]'), null);
  assert.equal(explained('["nonse|nse", "age"]'), null);
  assert.equal(explained('["dataModel", 1|2]'), null);
});
