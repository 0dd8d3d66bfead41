import assert from 'node:assert/strict';
import { test } from 'node:test';
import { helpFor, namesFor, valuesFor } from '../../designer_static/src/domain/schema_help.js';

const SCHEMA = {
  description: 'The whole',
  properties: {
    type: { anyOf: [{ enum: ['string', 'object'], 'x-words': { string: 'Text' } }, { type: 'array' }] },
    required: { type: 'array', items: { type: 'string' }, description: 'What must be there' },
    nested: { $ref: '#' },
    members: { type: 'object', additionalProperties: { $ref: '#' } },
    strict: { $ref: '#/$defs/flag' },
    $ref: { type: 'string', 'x-members-of': [['$defs'], ['a/b']] },
  },
  $defs: { flag: { type: 'boolean', description: 'Yes or no' } },
};
const none = () => [];

test('an object is offered the members that it lacks', () => {
  assert.deepEqual(
    namesFor(SCHEMA, [], ['type']).map(({ label }) => label),
    ['required', 'nested', 'members', 'strict', '$ref'],
  );
});

test('a member comes with an empty value of its type', () => {
  const inserts = Object.fromEntries(namesFor(SCHEMA, [], []).map(({ label, insert }) => [label, insert]));
  assert.equal(inserts.required, '"required": [|]');
  assert.equal(inserts.members, '"members": {|}');
  assert.equal(inserts.$ref, '"$ref": "|"');
  assert.equal(inserts.strict, '"strict": |');
});

test('references are followed at every depth', () => {
  assert.equal(namesFor(SCHEMA, ['nested', 'members', 'any', 'nested'], []).length, 6);
  assert.equal(namesFor(SCHEMA, ['required'], []).length, 0);
});

test('values come from enums, from yes and no, and with their meaning', () => {
  assert.deepEqual(valuesFor(SCHEMA, ['type'], none), [
    { label: '"string"', insert: '"string"', info: 'Text' },
    { label: '"object"', insert: '"object"', info: '' },
  ]);
  assert.deepEqual(
    valuesFor(SCHEMA, ['nested', 'strict'], none).map(({ label }) => label),
    ['true', 'false'],
  );
});

test('a reference is offered what the document holds', () => {
  const names = (/** @type {(string | number)[]} */ path) =>
    path[0] === '$defs' ? ['Person', 'x/y'] : ['z'];
  assert.deepEqual(
    valuesFor(SCHEMA, ['$ref'], names).map(({ label }) => label),
    ['"#/$defs/Person"', '"#/$defs/x~1y"', '"#/a~1b/z"'],
  );
});

test('what a member means can be asked for, and unknown ones mean nothing', () => {
  assert.equal(helpFor(SCHEMA, ['nested', 'strict']), 'Yes or no');
  assert.equal(helpFor(SCHEMA, ['unknown']), '');
  assert.equal(helpFor(SCHEMA, []), '');
});

test('a schema that goes in circles comes to an end', () => {
  const circle = { anyOf: [{ $ref: '#' }] };
  assert.deepEqual(namesFor(circle, ['a'], []), []);
  assert.deepEqual(namesFor(circle, [], []), []);
});

test('what a schema says on a condition counts where the document is so', () => {
  const schema = {
    properties: {
      parts: {
        items: {
          properties: { type: { enum: ['Input', 'Map'] } },
          allOf: ['Input', 'Map'].map((kind) => ({
            if: { properties: { type: { const: kind } } },
            // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
            then: { $ref: `#/$defs/${kind}` },
          })),
        },
      },
    },
    $defs: {
      Input: { properties: { readOnly: { type: 'boolean', description: 'Only to be read' } } },
      Map: { properties: { zoom: { type: 'number' } } },
    },
  };
  const document = { 'parts/0/type': '"Input"', 'parts/1/type': '"Map"' };
  const written = (path) => document[path.join('/')] ?? null;
  const labels = (path) => namesFor(schema, path, ['type'], written).map(({ label }) => label);
  assert.deepEqual(labels(['parts', 0]), ['readOnly']);
  assert.deepEqual(labels(['parts', 1]), ['zoom']);
  assert.deepEqual(labels(['parts', 2]), []);
  assert.equal(helpFor(schema, ['parts', 0, 'readOnly'], written), 'Only to be read');
  assert.equal(valuesFor(schema, ['parts', 0, 'readOnly'], none, written).length, 2);
});
