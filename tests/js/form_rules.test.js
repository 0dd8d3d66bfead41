import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FormRules } from '../../designer_static/src/domain/form_rules.js';
import { typedValue } from '../../designer_static/src/domain/form_values.js';

const TEXT = { as: 'text', kind: 'string' };
const isYes = ['equals', ['dataModel', 'answer'], 'yes'];

/** Rules of a page with these components, followed where a component has them. */
function rulesOf(components, data = {}, controls = { answer: TEXT }) {
  const rules = new FormRules(
    { pages: [{ name: 'Page', components }], controls },
    { language: 'nb', type: 'model', models: { model: data } },
  );
  const follows = ['hidden', 'required', 'readOnly'];
  return {
    rules,
    watch: (...keys) => rules.watch(keys.map((key) => [key, follows])),
    watchOptions: (...keys) => rules.watch(keys.map((key) => [key, ['options']])),
  };
}

test('only what depends on a field is decided anew', () => {
  const { rules, watch } = rulesOf([
    { id: 'a', hidden: ['not', isYes] },
    { id: 'b', hidden: ['dataModel', 'other'] },
  ]);
  watch('a', 'b');
  assert.ok(rules.write('answer', ['yes']));
  assert.deepEqual(rules.dependents('answer'), ['a']);
  assert.equal(rules.decide('a').hidden, false);
  rules.write('answer', ['no']);
  assert.equal(rules.decide('a').hidden, true);
});

test('a rule that asks a component depends on what hides that one', () => {
  const { rules, watch } = rulesOf(
    [
      { id: 'asked', hidden: ['not', isYes], dataModelBindings: { simpleBinding: 'field' } },
      { id: 'a', required: ['equals', ['component', 'asked'], 'on'] },
    ],
    { field: 'on' },
  );
  watch('asked', 'a');
  assert.deepEqual(rules.dependents('answer').sort(), ['a', 'asked']);
  assert.equal(rules.decide('a').required, false);
  rules.write('answer', ['yes']);
  assert.equal(rules.decide('a').required, true);
});

const GROUP = {
  id: 'rows',
  type: 'RepeatingGroup',
  children: ['more'],
  dataModelBindings: { group: 'rows' },
};

test('each row depends on its own fields, and on those around it', () => {
  const { rules, watch } = rulesOf(
    [GROUP, { id: 'more', hidden: ['or', ['notEquals', ['dataModel', 'rows.name'], 'x'], isYes] }],
    { rows: [{}, {}] },
    { 'rows.name': TEXT, answer: TEXT },
  );
  watch('more-0', 'more-1');
  assert.ok(rules.write('rows[1].name', ['x']));
  assert.deepEqual(rules.dependents('rows[1].name'), ['more-1']);
  assert.deepEqual(rules.dependents('answer'), ['more-0', 'more-1']);
  assert.equal(rules.decide('more-1').hidden, false);
  assert.equal(rules.decide('more-0').hidden, true);
});

test('who reads a list depends on each field in it', () => {
  const { rules, watch } = rulesOf([{ id: 'a', hidden: ['equals', ['count', ['dataModel', 'rows']], 2] }], {
    rows: [{}, {}],
  });
  watch('a');
  assert.deepEqual(rules.dependents('rows[0].name'), ['a']);
});

test('what the browser cannot read waits for the server', () => {
  const { rules, watch } = rulesOf([{ id: 'a', hidden: isYes }], { answer: 'yes' }, {});
  watch('a');
  assert.equal(rules.write('answer', ['no']), false);
  assert.equal(rules.decide('a').hidden, true);
});

test('data of the server takes the place of what was written', () => {
  const { rules, watch } = rulesOf([{ id: 'a', hidden: isYes }]);
  watch('a');
  rules.write('answer', ['yes']);
  rules.take({ language: 'nb', type: 'model', models: { model: { answer: 'no' } } });
  assert.equal(rules.decide('a').hidden, false);
});

test('a failing rule gives what the server gives: the default', () => {
  const { rules, watch } = rulesOf([{ id: 'a', hidden: ['greaterThan', ['dataModel', 'answer'], 'x'] }]);
  watch('a', 'nobody', 'a-0');
  rules.write('answer', ['yes']);
  assert.deepEqual(rules.decide('a'), { hidden: false, required: false, readOnly: false });
  assert.deepEqual(rules.decide('nobody'), {});
});

test('texts mean what they mean to the server', () => {
  const number = { as: 'text', kind: 'number' };
  assert.equal(typedValue([' 1 234,5 '], number), 1234.5);
  assert.equal(typedValue(['\u22123'], number), -3);
  assert.equal(typedValue(['1.234,5'], { ...number, group: '.', point: ',' }), 1234.5);
  assert.equal(typedValue(['1,5'], { as: 'text', kind: 'integer' }), undefined);
  assert.equal(typedValue(['12345678901234567890'], number), undefined);
  assert.equal(typedValue(['abc'], number), undefined);
  assert.equal(typedValue(['  '], number), null);
  assert.equal(typedValue([], TEXT), null);
  assert.equal(typedValue([' a '], TEXT), 'a');
  assert.equal(typedValue([' a\r\n'], { as: 'lines', kind: 'string' }), ' a\n');
  assert.equal(typedValue(['a', 'b'], { as: 'choices', kind: 'string' }), 'a,b');
  assert.equal(typedValue(['Ja'], { as: 'text', kind: 'boolean' }), true);
  assert.equal(typedValue(['kanskje'], { as: 'text', kind: 'boolean' }), undefined);
  assert.equal(typedValue(['2024-02-29'], { as: 'moment', kind: 'string' }), '2024-02-29T00:00:00.000Z');
  assert.equal(typedValue(['29.02.2024'], { as: 'text', kind: 'date' }), undefined);
});

const NUMBER = { as: 'text', kind: 'number' };

/** Rules about fields: what is worked out, and what answers must keep. */
function ownRules({ worked = [], checks = {}, components = [], texts = {} }, data = {}) {
  const names = ['a', 'b', 'sum', 'total', 'rows.x', 'rows.y'];
  const controls = Object.fromEntries(names.map((name) => [name, NUMBER]));
  const calculations = worked.map(([path, expression, ...reads]) => ({
    type: 'model',
    path,
    expression,
    kind: 'number',
    rows: null,
    reads,
  }));
  return new FormRules(
    { pages: [{ name: 'Page', components }], controls, checks, worked: calculations, texts },
    { language: 'nb', type: 'model', models: { model: data } },
  );
}

test('results follow from what is written, also by way of one another, and nothing else is worked out', () => {
  const rules = ownRules(
    {
      worked: [
        ['sum', ['plus', ['dataModel', 'a'], 1], 'model::a'],
        ['total', ['multiply', ['dataModel', 'sum'], 10], 'model::sum'],
        ['b', ['dataModel', 'gone'], 'model::gone'],
      ],
    },
    { b: 7, gone: 8 },
  );
  rules.write('a', ['1,5']);
  assert.deepEqual(
    [...rules.follow(['a']).values],
    [
      ['sum', '2.5'],
      ['total', '25'],
    ],
  );
  rules.write('a', ['1,5']);
  assert.equal(rules.follow(['a']).values.size, 0);
});

test('results that never come to rest end, and those that fail leave their field alone', () => {
  const rules = ownRules({
    worked: [
      ['a', ['plus', ['dataModel', 'a'], 1], 'model::a'],
      ['sum', ['plus', ['dataModel', 'a'], 'x'], 'model::a'],
    ],
  });
  rules.write('a', ['1']);
  assert.deepEqual([...rules.follow(['a']).values.keys()], ['a']);
});

test('each row is worked out and checked by itself', () => {
  const own = ['dataModel', ['argv', 0]];
  const rules = ownRules(
    {
      worked: [['rows.y', ['multiply', ['dataModel', 'rows.x'], 2], 'model::rows.x']],
      checks: { 'rows.y': [{ condition: ['greaterThan', own, 5], message: 'told', severity: 'error' }] },
      texts: {
        told: {
          value: 'Too much: {0}',
          variables: [{ key: 'rows[{0}].y', dataSource: 'dataModel.default' }],
        },
      },
    },
    { rows: [{ x: 1 }, { x: 1 }] },
  );
  rules.watch([], ['rows[0].x', 'rows[0].y', 'rows[1].x', 'rows[1].y']);
  rules.write('rows[1].x', ['3']);
  const { values, issues } = rules.follow(['rows[1].x']);
  assert.deepEqual(
    [...values],
    [
      ['rows[0].y', '2'],
      ['rows[1].y', '6'],
    ],
  );
  assert.deepEqual(issues.get('rows[0].y'), []);
  assert.deepEqual(issues.get('rows[1].y'), [{ severity: 'error', text: 'Too much: 6' }]);
});

test('an answer is checked again when what its rule reads is another', () => {
  const condition = ['lessThan', ['dataModel', 'b'], ['dataModel', 'a']];
  const rules = ownRules({ checks: { b: [{ condition, message: 'order', severity: 'warning' }] } }, { b: 1 });
  rules.watch([], ['a', 'b']);
  rules.write('a', ['2']);
  assert.deepEqual([...rules.follow(['a']).issues], [['b', [{ severity: 'warning', text: 'order' }]]]);
  // A field that is not on the page is nobody's to correct here.
  rules.watch([], ['a']);
  assert.equal(rules.follow(['a']).issues.size, 0);
});

test('a text and a value follow the answers in them', () => {
  const components = [
    { id: 'told', textResourceBindings: { title: ['if', ['dataModel', 'a'], 'yes', 'else', 'no'] } },
    { id: 'shown', type: 'Number', value: ['plus', ['dataModel', 'a'], 0.5] },
  ];
  const rules = ownRules({ components, texts: { yes: { value: 'So it is' } } });
  rules.watch([
    ['told', ['text.title']],
    ['shown', ['value']],
  ]);
  rules.write('a', ['1']);
  assert.deepEqual(
    [...rules.follow(['a']).parts],
    [
      ['told', { 'text.title': 'So it is' }],
      ['shown', { value: '1.5' }],
    ],
  );
});

test('a filter is put to each option, with what it asks of it, in each row', () => {
  const fits = ['notEquals', ['value', 'label'], ['dataModel', 'rows.name']];
  const { rules, watchOptions } = rulesOf(
    [
      { ...GROUP, children: ['town'] },
      {
        id: 'town',
        optionFilter: ['and', fits, ['notEquals', ['value'], ['dataModel', 'answer']]],
        options: [
          ['1', { value: 1, label: 'Oslo' }],
          ['null', { value: null, label: 'Bergen' }],
          ['c', { value: 'c', label: 'Moss' }],
        ],
      },
    ],
    { answer: 'x', rows: [{ name: 'Oslo' }, {}] },
    { answer: TEXT, 'rows.name': TEXT },
  );
  watchOptions('town-0', 'town-1');
  assert.deepEqual(rules.decide('town-0').options, ['null', 'c']);
  rules.write('answer', ['c']);
  assert.deepEqual(rules.follow(['answer']).parts.get('town-1').options, ['1', 'null']);
  rules.write('rows[1].name', ['Bergen']);
  assert.deepEqual([...rules.follow(['rows[1].name']).parts], [['town-1', { options: ['1'] }]]);
});
