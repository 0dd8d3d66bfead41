import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EditQueue, outcomeOf } from '../../designer_static/src/domain/edit_queue.js';

function shelf(content = {}) {
  return {
    content,
    getItem: (key) => content[key] ?? null,
    setItem: (key, value) => {
      content[key] = value;
    },
    removeItem: (key) => delete content[key],
  };
}
const edit = (id) => ({ id, url: '/edits', fields: [['do', 'add']] });

function queue(outcomes, kept = shelf()) {
  const sent = [];
  const states = [];
  const made = new EditQueue({
    shelf: kept,
    key: 'edits',
    send: async ({ id }) => {
      sent.push(id);
      return outcomes.shift() ?? 'done';
    },
    tell: (state) => states.push(state),
  });
  return { made, sent, states, kept };
}

test('edits go one after the other, in order', async () => {
  const { made, sent, states } = queue([]);
  await Promise.all([made.push(edit('1')), made.push(edit('2')), made.push(edit('3'))]);
  assert.deepEqual(sent, ['1', '2', '3']);
  assert.deepEqual(states.at(-1), { state: 'saved', waiting: 0 });
});

test('an edit that did not arrive stays on the shelf and is sent by the next queue', async () => {
  const kept = shelf();
  await queue(['unreachable'], kept).made.push(edit('1'));
  assert.equal(JSON.parse(kept.content.edits).length, 1);
  const second = queue([], kept);
  await second.made.flush();
  assert.deepEqual(second.sent, ['1']);
  assert.equal(kept.content.edits, undefined);
});

test('nothing is lost when the first edit cannot be reached: both wait', async () => {
  const { made, states } = queue(['unreachable', 'unreachable']);
  await made.push(edit('1'));
  await made.push(edit('2'));
  assert.deepEqual(states.at(-1), { state: 'unreachable', waiting: 2 });
});

test('a refused edit is dropped and the rest goes on', async () => {
  const { made, sent } = queue(['refused']);
  await Promise.all([made.push(edit('1')), made.push(edit('2'))]);
  assert.deepEqual(sent, ['1', '2']);
  assert.equal(made.waiting, 0);
});

test('a conflict stops the queue until the edit is given up', async () => {
  const { made, sent } = queue(['conflict']);
  await made.push(edit('1'));
  assert.equal(made.waiting, 1);
  await made.discardFirst();
  assert.equal(made.waiting, 0);
  assert.deepEqual(sent, ['1']);
});

test('what waits is about the component by the id that it got', () => {
  const { made, kept } = queue(['unreachable']);
  const later = {
    id: '2',
    url: '/edits',
    fields: [
      ['do', 'text'],
      ['id', 'input1'],
      ['value', 'input1'],
    ],
  };
  made.push(edit('1'));
  made.push(later);
  made.rename('input1', 'input2');
  assert.deepEqual(JSON.parse(kept.content.edits)[1].fields.slice(1), [
    ['id', 'input2'],
    ['value', 'input1'],
  ]);
});

test('whoever asks is told when the queue has come to rest', async () => {
  const { made } = queue([]);
  assert.equal(made.running, null);
  made.push(edit('1'));
  made.push(edit('2'));
  await made.running;
  assert.equal(made.waiting, 0);
  assert.equal(made.running, null);
});

test('a spoilt shelf is an empty one', () => {
  for (const spoilt of ['{', '"x"', '[{"id":1}]']) {
    assert.equal(queue([], shelf({ edits: spoilt })).made.waiting, 0);
  }
});

test('an answer says what to do with the edit', () => {
  assert.deepEqual([200, 409, 401, 403, 422, 404, 408, 429, 500, 0].map(outcomeOf), [
    'done',
    'conflict',
    'signed-out',
    'signed-out',
    'refused',
    'refused',
    'unreachable',
    'unreachable',
    'unreachable',
    'unreachable',
  ]);
});

test('a look whether anything waits does not keep the next edit from being sent', async () => {
  const { made, sent } = queue([]);
  await made.flush();
  assert.equal(made.running, null);
  await made.push(edit('1'));
  assert.deepEqual(sent, ['1']);
});
