import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import type { Command, Numbered, Outcome, Settled } from '../src/command.js';
import type { Change, EntityFrame } from '../src/frames.js';
import type { Json } from '../src/json.js';
import { applyPatch, type Op } from '../src/patch.js';
import { equal } from '../src/reconcile.js';
import {
  caughtUp,
  disconnected,
  type EntityState,
  initialState,
  left,
  opened,
  received,
  sent,
  shownOf,
  snapshotOf,
  submitted,
} from '../src/reducer.js';

interface Doc {
  readonly mine: number;
  readonly count: number;
  readonly theirs: string;
  readonly list: readonly number[];
  readonly todos: readonly { readonly id: string; readonly text: string }[];
}

const NAME = 'board/welcome';
const INITIAL: Doc = { mine: 0, count: 0, theirs: '', list: [], todos: [{ id: 'a', text: '' }] };

/** One server, one wire that can be cut and a client that is nothing but the reducer. Whoever observes nothing hears of its own commands only. */
function createModel() {
  let doc: Json = INITIAL as unknown as Json;
  let version = 1;
  const journal: { readonly change: Change; readonly ops: readonly Op[] }[] = [];
  const outcomes = new Map<number, Outcome>();
  let state: EntityState = initialState(NAME);
  let unresolved: Command[] = [];
  let toServer: Command[] = [];
  let toClient: EntityFrame[] = [];
  let online = false;
  let observed = false;
  const seen: Doc[] = [];
  let seqs = 0;
  let later = false;
  /** What nobody observes is guessed, and a guess need not fit what comes. */
  let guesses = false;

  const see = (next: EntityState) => {
    state = next;
    const shown = shownOf(state) as Doc | null;
    if (shown !== null && shown !== (seen.at(-1) as unknown)) seen.push(shown);
  };

  function commit(client: string, seq: number, ops: readonly Op[]): void {
    doc = applyPatch(doc, ops);
    version += 1;
    const change: Change = { version, client, seq, by: client, at: 0 };
    journal.push({ change, ops });
    if (online && observed)
      toClient.push({ t: 'changed', entity: NAME, from: version - 1, version, ops, changes: [change] });
    else if (online && client === 'me') toClient.push({ t: 'accepted', entity: NAME, seq, version });
  }

  function judge({ seq = 0, ops }: Command): void {
    const known = outcomes.get(seq);
    if (known !== undefined) {
      if ('code' in known) toClient.push({ t: 'refused', entity: NAME, seq, ...known });
      else toClient.push({ t: 'accepted', entity: NAME, seq, version: known.version, duplicate: true });
      return;
    }
    try {
      commit('me', seq, ops);
      outcomes.set(seq, { version, duplicate: false });
    } catch {
      const refusal = { version, code: 'test-failed', detail: 'test' } as const;
      outcomes.set(seq, refusal);
      toClient.push({ t: 'refused', entity: NAME, seq, ...refusal });
    }
  }

  function settledBy(frame: EntityFrame): Settled {
    const idOf = (seq: number) => unresolved.find(one => one.seq === seq)?.id;
    const receipts: readonly (readonly [number, Outcome])[] =
      frame.t === 'changed'
        ? frame.changes
            .filter(one => one.client === 'me')
            .map(one => [one.seq, { version: one.version, duplicate: false }])
        : frame.t === 'accepted'
          ? [[frame.seq, { version: frame.version, duplicate: true }]]
          : frame.t === 'refused'
            ? [[frame.seq, frame]]
            : [];
    return receipts.flatMap(([seq, outcome]) => {
      const id = idOf(seq);
      return id === undefined ? [] : [[id, outcome] as const];
    });
  }

  function send(commands: readonly Command[]): void {
    see(sent(state, commands as readonly Numbered[]));
    toServer.push(...commands);
  }

  function snapshot(): EntityFrame {
    return { t: 'state', entity: NAME, epoch: 1, version, doc: structuredClone(doc) as Json };
  }

  function open(whole: boolean): void {
    observed = true;
    const { confirmed, known } = state;
    see(opened(state));
    const missed = journal.filter(({ change }) => change.version > confirmed.version);
    if (whole || !known || confirmed.epoch !== 1) toClient.push(snapshot());
    else if (missed.length === 0) toClient.push({ t: 'current', entity: NAME, epoch: 1, version });
    else {
      const [ops, changes] = [missed.flatMap(one => one.ops), missed.map(one => one.change)];
      toClient.push({ t: 'changed', entity: NAME, from: confirmed.version, version, ops, changes });
    }
  }

  function hear(frame: EntityFrame): void {
    const settled = settledBy(frame);
    unresolved = unresolved.filter(({ id }) => !settled.some(([done]) => done === id));
    const step = received(state, frame, settled, undefined, later);
    assert.ok(!step.reload || guesses, JSON.stringify(frame));
    if (step.reload) toClient.push(snapshot());
    see(step.state);
  }

  return {
    seen,
    submit(ops: readonly Op[]) {
      seqs += 1;
      const command: Command = { id: `c${seqs}`, entity: NAME, ops, at: 0, seq: seqs };
      const { seq: _, ...unnumbered } = command;
      see(submitted(state, [unnumbered]));
      unresolved.push(command);
      if (online) send([command]);
    },
    others: (ops: readonly Op[]) => commit('you', 0, ops),
    judgeNext() {
      const next = toServer.shift();
      if (next !== undefined) judge(next);
    },
    /** Receipts may come before documents that were said earlier. */
    hearReceipt() {
      const receipt = toClient.find(({ t }) => t === 'accepted');
      toClient = toClient.filter(frame => frame !== receipt);
      if (receipt !== undefined) hear(receipt);
    },
    hearNext() {
      const frame = toClient.shift();
      if (frame !== undefined) hear(frame);
    },
    postpone(on: boolean) {
      later = on;
      if (!on) see(caughtUp(state));
    },
    cut() {
      online = false;
      toServer = [];
      toClient = [];
      see(disconnected(state));
    },
    connect(whole: boolean) {
      if (online) return;
      online = true;
      open(whole);
      send(unresolved);
    },
    /** Not before what was asked for is there: whoever leaves is followed for a while. */
    leave() {
      if (!online || toClient.some(({ t }) => t === 'state')) return;
      [guesses, observed] = [true, false];
      see(left(state));
    },
    closed() {
      if (!online || !observed) return;
      [guesses, observed] = [true, false];
      toClient.push({ t: 'closed', entity: NAME, code: 'unavailable', detail: 'test' });
    },
    observe() {
      if (online && state.following === 'no') open(false);
    },
    isQuiet: () =>
      state.following === 'yes' && toServer.length === 0 && toClient.length === 0 && unresolved.length === 0,
    server: () => ({ doc: doc as unknown as Doc, journal, outcomes }),
    state: () => state,
  };
}

type Model = ReturnType<typeof createModel>;
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
