import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedIn, asTyped, hiddenBy, inRows, valueAt } from '../../designer_static/src/domain/old_rules.js';

const rule = (more) => ({
  holder: 'conditionalRuleHandlerObject',
  function: 'f',
  action: 'show',
  inputs: { value: 'people.kids.age' },
  controls: {},
  targets: [{ id: 'work', groups: ['people', 'people.kids'] }],
  ...more,
});

test('a path takes the indexes of the lists that it goes through, and of no others', () => {
  assert.equal(inRows('people.kids.age', ['people', 'people.kids'], [1, 2]), 'people[1].kids[2].age');
  assert.equal(inRows('people.name', ['people', 'people.kids'], [1, 2]), 'people[1].name');
  assert.equal(inRows('people', ['people'], [1]), 'people');
  assert.equal(inRows('peoples.name', ['people'], [1]), 'peoples.name');
});

test('a rule in rows is asked in every row that there is', () => {
  const data = { people: [{ kids: [{ age: 1 }, {}] }, {}, { kids: [{}] }] };
  assert.deepEqual(
    askedIn([rule()], data).map(({ key, paths }) => [key, paths.value]),
    [
      ['work-0-0', 'people[0].kids[0].age'],
      ['work-0-1', 'people[0].kids[1].age'],
      ['work-2-0', 'people[2].kids[0].age'],
    ],
  );
  assert.deepEqual(askedIn([rule()], {}), []);
});

test('what a path leads to is found, and nothing that objects have of themselves', () => {
  assert.equal(valueAt({ a: [{ b: 0 }] }, 'a[0].b'), 0);
  for (const path of ['a[1].b', 'a.b', 'constructor', 'a[0].__proto__', '', 'a[x]'])
    assert.equal(valueAt({ a: [{ b: 0 }] }, path), undefined);
});

test('showing and hiding are opposites, and a rule that failed hides nothing', () => {
  const asked = ['show', 'hide'].map((action) => ({ rule: rule({ action }), key: action, paths: {} }));
  assert.deepEqual([...hiddenBy(asked, [true, true])], ['hide']);
  assert.deepEqual([...hiddenBy(asked, ['', 0])], ['show']);
  assert.deepEqual([...hiddenBy(asked, [undefined, undefined])], []);
});

test('results are written as they would be typed', () => {
  assert.deepEqual([1.5, true, 'a', null, undefined, Number.NaN].map(asTyped), [
    '1.5',
    'true',
    'a',
    '',
    '',
    '',
  ]);
});
