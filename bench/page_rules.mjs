// The rules of a page in the browser's engine: prints {"index", "all", "one"} in ms, the last two as lists of times.
// 1000 conditions hang on one field, 1000 more each on a field of its own.
import { FormRules } from '../designer_static/src/domain/form_rules.js';

const COUNT = 1000;
const TIMES = 200;
const WARM = 20;
const TEXT = { as: 'text', kind: 'string' };
const isYes = ['equals', ['dataModel', 'trigger'], 'yes'];
const numbers = Array.from({ length: COUNT }, (_, number) => number);
const components = numbers.flatMap((number) => [
  { id: `all${number}`, hidden: ['and', isYes, ['notEquals', ['dataModel', `field${number}`], 'x']] },
  { id: `one${number}`, hidden: ['notEquals', ['dataModel', `field${number}`], 'yes'] },
]);
const names = ['trigger', ...numbers.map((number) => `field${number}`)];
const controls = Object.fromEntries(names.map((name) => [name, TEXT]));
const rules = new FormRules(
  { pages: [{ name: 'page', components }], controls },
  { language: 'nb', type: 'model', models: { model: {} } },
);

const timed = (act) => {
  const start = performance.now();
  act();
  return performance.now() - start;
};
const written = (name) =>
  Array.from({ length: TIMES + WARM }, (_, turn) =>
    timed(() => {
      rules.write(name, [turn % 2 ? 'yes' : 'no']);
      rules.follow([name]);
    }),
  ).slice(WARM);

const index = timed(() => rules.watch(components.map(({ id }) => [id, ['hidden']])));
console.log(JSON.stringify({ index, all: written('trigger'), one: written('field500') }));
