import assert from 'node:assert/strict';
import type { Command, Numbered, Outcome, Settled } from '../src/command.js';
import type { Change, EntityFrame } from '../src/frames.js';
import type { Json } from '../src/json.js';
import { applyPatch, applyPatches, type Op } from '../src/patch.js';
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
  submitted,
} from '../src/reducer.js';

export interface Doc {
  readonly mine: number;
  readonly count: number;
  readonly theirs: string;
  readonly list: readonly number[];
  readonly todos: readonly { readonly id: string; readonly text: string }[];
}

const NAME = 'board/welcome';
const INITIAL: Doc = { mine: 0, count: 0, theirs: '', list: [], todos: [{ id: 'a', text: '' }] };

/** One server, one wire that can be cut and a client that is nothing but the reducer. Whoever observes nothing hears of its own commands only. */
export function createModel() {
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
    check(state, later);
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

export type Model = ReturnType<typeof createModel>;

/** Shown is the base with what is pending on top, except what it may have already; and it is behind what is confirmed for a reason only. */
function check(state: EntityState, later: boolean): void {
  const { base, confirmed, pending, known } = state;
  const onTop = pending.filter(({ covered }) => covered !== true);
  const [expected] = applyPatches(
    base.doc,
    onTop.map(({ ops }) => ops),
  );
  assert.ok(equal(expected, shownOf(state)), `shown: ${JSON.stringify(state)} (expected: ${JSON.stringify(expected)})`);
  if (known && !later && !onTop.some(({ doubt }) => doubt)) assert.equal(base, confirmed);
}
