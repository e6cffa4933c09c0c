import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { equal } from '../src/reconcile.js';
import { snapshotOf } from '../src/reducer.js';
import { createModel, type Doc, type Model } from './reducer-model.js';

type Action = (model: Model, n: number) => void;

const ACTIONS: Readonly<Record<string, Action>> = {
  set: (model, n) => model.submit([{ op: 'replace', path: '/mine', value: n }]),
  count: model => model.submit([{ op: 'inc', path: '/count', value: 1 }]),
  push: (model, n) => model.submit([{ op: 'add', path: '/list/-', value: n }]),
  front: (model, n) => model.submit([{ op: 'add', path: '/list/0', value: n }]),
  write: (model, n) => model.submit([{ op: 'replace', path: '/todos/id=a/text', value: `${n}` }]),
  doomed: (model, n) =>
    model.submit([
      { op: 'add', path: '/list/-', value: -n },
      { op: 'test', path: '/theirs', value: 'never' },
    ]),
  theirs: (model, n) => model.others([{ op: 'replace', path: '/theirs', value: `${n}` }]),
  theirTodo: (model, n) => model.others([{ op: 'add', path: '/todos/0', value: { id: `t${n}`, text: '' } }]),
  judge: model => model.judgeNext(),
  judgeAgain: model => model.judgeNext(),
  hear: model => model.hearNext(),
  hearAgain: model => model.hearNext(),
  receipt: model => model.hearReceipt(),
  postpone: model => model.postpone(true),
  catchUp: model => model.postpone(false),
  cut: model => model.cut(),
  resume: model => model.connect(false),
  whole: model => model.connect(true),
  leave: model => model.leave(),
  closed: model => model.closed(),
  observe: model => model.observe(),
};

const scriptOf = (actions: readonly string[]) => fc.array(fc.constantFrom(...actions), { minLength: 5, maxLength: 80 });
const script = scriptOf(Object.keys(ACTIONS));
/** Nothing is guessed: every document follows from the one before. */
const observed = scriptOf(Object.keys(ACTIONS).filter(action => action !== 'leave' && action !== 'closed'));

function run(steps: readonly string[]): Model {
  const model = createModel();
  model.connect(true);
  model.hearNext();
  steps.forEach((step, n) => {
    ACTIONS[step]?.(model, n + 1);
  });
  model.connect(false);
  model.postpone(false);
  for (let i = 0; i < 1000 && !model.isQuiet(); i += 1) {
    model.judgeNext();
    model.hearNext();
    model.observe();
  }
  return model;
}

const isSorted = (numbers: readonly number[]) => numbers.every((n, i) => i === 0 || n >= (numbers[i - 1] as number));

describe('for any interleaving of own and others’ changes, refusals and reconnects', () => {
  it('after quiet the page shows what the server has, and no command is lost or counts twice', () => {
    fc.assert(
      fc.property(script, steps => {
        const model = run(steps);
        const { doc, outcomes } = model.server();
        const { value, confirmed, pending, status } = snapshotOf(model.state());

        assert.deepEqual(value, doc);
        assert.deepEqual([confirmed, pending, status], [value, 0, 'live']);
        assert.equal(
          outcomes.size,
          steps.filter(step => ['set', 'count', 'push', 'front', 'write', 'doomed'].includes(step)).length,
        );
        assert.equal(doc.count, steps.filter(step => step === 'count').length);
        assert.equal(doc.list.length, steps.filter(step => step === 'push' || step === 'front').length);
      }),
      { numRuns: 1500 },
    );
  });

  it('a value only this client writes never goes back, and never counts one command twice', () => {
    fc.assert(
      fc.property(script, steps => {
        const { seen } = run(steps);

        assert.ok(isSorted(seen.map(({ mine }) => mine)), seen.map(({ mine }) => mine).join());
        assert.ok(isSorted(seen.map(({ count }) => count)), seen.map(({ count }) => count).join());
        assert.ok(isSorted(seen.map(({ todos }) => Number(todos.find(({ id }) => id === 'a')?.text))));
        const length = seen.map(({ list }) => list.filter(n => n > 0).length);
        assert.ok(isSorted(length), length.join());
        assert.ok(seen.every(({ list }) => new Set(list).size === list.length));
      }),
      { numRuns: 1500 },
    );
  });

  it('what others write never goes back while it is observed', () => {
    fc.assert(
      fc.property(observed, steps => {
        const theirs = run(steps).seen.map(({ theirs }) => Number(theirs));

        assert.ok(isSorted(theirs), theirs.join());
      }),
      { numRuns: 1500 },
    );
  });

  it('parts that did not change are the same objects as before', () => {
    fc.assert(
      fc.property(observed, steps => {
        const { seen } = run(steps);

        seen.forEach((doc, i) => {
          const before = seen[i - 1];
          if (before === undefined) return;
          if (equal(before.list, doc.list)) assert.equal(doc.list, before.list);
          for (const todo of doc.todos) {
            const was: Doc['todos'][number] | undefined = before.todos.find(({ id }) => id === todo.id);
            if (was !== undefined && was.text === todo.text) assert.equal(todo, was);
          }
        });
      }),
      { numRuns: 1000 },
    );
  });
});
