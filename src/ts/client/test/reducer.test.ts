import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Change, EntityFrame, Mutate } from '../src/frames.js';
import type { Op } from '../src/patch.js';
import {
  connected,
  disconnected,
  type EntityState,
  frames,
  initialState,
  left,
  nextCommand,
  opened,
  received,
  type Step,
  submitted,
} from '../src/reducer.js';

const entity = 'board/welcome';
const me = 'me';
const title = (value: string): Op[] => [{ op: 'replace', path: '/title', value }];
const by = (version: number, client: string, seq: number): Change => ({ version, client, seq, by: client, at: 0 });
const hear = (state: EntityState, frame: EntityFrame): Step => received(state, frame, me);
const state = (version: number, value: string, epoch = 1): EntityFrame => ({
  t: 'state',
  entity,
  epoch,
  version,
  doc: { title: value },
});
const changed = (from: number, value: string, ...changes: Change[]): EntityFrame => ({
  t: 'changed',
  entity,
  from,
  version: from + Math.max(1, changes.length),
  ops: title(value),
  changes,
});

function live(version = 7): EntityState {
  return hear(opened(initialState(entity)).state, state(version, 'old')).state;
}

function sending(from: EntityState, count: number): EntityState {
  let next = from;
  for (let i = 0; i < count; i += 1) next = submitted(next, nextCommand(next, { ops: title(`t${i}`) }));
  return next;
}

const numbers = (commands: readonly Mutate[]) => commands.map(({ seq, after }) => [seq, after]);
const waiting = (state: EntityState) => numbers(frames(state));

describe('observing', () => {
  it('asks for the whole at first and for what it missed later', () => {
    assert.deepEqual(opened(initialState(entity)).send, [{ t: 'open', entity }]);
    assert.deepEqual(connected(disconnected(live()), true).send, [{ t: 'open', entity, epoch: 1, version: 7 }]);
  });

  it('is live with the state, stale when the connection is gone, and live again when nothing was missed', () => {
    const gone = disconnected(live());
    const back = hear(opened(gone).state, { t: 'current', entity, epoch: 1, version: 7 }).state;

    assert.deepEqual([live().view.status, gone.view.status, back.view.status], ['live', 'stale', 'live']);
  });

  it('applies a change to the version it belongs to', () => {
    const { view } = hear(live(), changed(7, 'new', by(8, 'you', 1))).state;

    assert.deepEqual([view.doc, view.version, view.changes[0]?.by], [{ title: 'new' }, 8, 'you']);
  });

  it('asks for the whole when a change does not follow, and passes over changes until it comes', () => {
    const hole = hear(live(), changed(8, 'hole'));
    const meanwhile = hear(hole.state, changed(7, 'late'));
    const whole = hear(meanwhile.state, state(12, 'whole'));

    assert.deepEqual(hole.send, [{ t: 'open', entity }]);
    assert.deepEqual([hole.state.view.status, hole.state.view.doc], ['stale', { title: 'old' }]);
    assert.equal(meanwhile.state.view, hole.state.view);
    assert.deepEqual([whole.state.view.version, whole.state.view.status], [12, 'live']);
  });

  it('asks for the whole when a change does not apply', () => {
    const odd: EntityFrame = { ...changed(7, ''), ops: [{ op: 'remove', path: '/nothing' }] } as EntityFrame;

    assert.deepEqual(hear(live(), odd).send, [{ t: 'open', entity }]);
  });

  it('takes a new epoch as truth even when its version is lower', () => {
    const back = opened(disconnected(live(7))).state;

    assert.deepEqual(hear(back, state(2, 'restored', 2)).state.view.version, 2);
    assert.deepEqual(hear(back, { t: 'current', entity, epoch: 2, version: 7 }).send, [{ t: 'open', entity }]);
  });

  it('ends with a reason, or tries again when the reason passes', () => {
    const ended = hear(live(), { t: 'closed', entity, code: 'forbidden', detail: 'read' });
    const passing = hear(live(), { t: 'closed', entity, code: 'unavailable', detail: 'database' });
    const refused = hear(opened(initialState(entity)).state, {
      t: 'error',
      entity,
      re: 'open',
      code: 'unknown-kind',
      detail: '',
    });

    assert.deepEqual(
      [ended.state.view.status, ended.state.view.error?.code, ended.again],
      ['closed', 'forbidden', undefined],
    );
    assert.deepEqual([passing.state.view.status, passing.again], ['stale', 'open']);
    assert.equal(refused.state.view.status, 'closed');
  });

  it('hears nothing after leaving', () => {
    const gone = left(live());

    assert.deepEqual(gone.send, [{ t: 'close', entity }]);
    assert.equal(hear(gone.state, state(9, 'late')).state, gone.state);
    assert.equal(hear(gone.state, changed(7, 'late')).state, gone.state);
  });
});

describe('commands', () => {
  it('are numbered, each after the one before', () => {
    assert.deepEqual(waiting(sending(live(), 3)), [
      [1, 0],
      [2, 1],
      [3, 2],
    ]);
  });

  it('find their receipts in changes, whoever else is in there', () => {
    const step = hear(sending(live(), 3), changed(7, 'x', by(8, me, 1), by(9, 'you', 1), by(10, me, 2)));

    assert.deepEqual(step.receipts, [
      [1, { outcome: 'accepted', version: 8, duplicate: false }],
      [2, { outcome: 'accepted', version: 10, duplicate: false }],
    ]);
    assert.deepEqual(waiting(step.state), [[3, 2]]);
  });

  it('find their receipts even in changes that do not fit the view', () => {
    assert.equal(hear(sending(live(), 1), changed(9, 'x', by(10, me, 1))).receipts.length, 1);
  });

  it('are accepted without a change, and told once only', () => {
    const accepted: EntityFrame = { t: 'accepted', entity, seq: 1, version: 8, duplicate: true };
    const first = hear(sending(initialState(entity), 1), accepted);

    assert.deepEqual(first.receipts, [[1, { outcome: 'accepted', version: 8, duplicate: true }]]);
    assert.deepEqual(hear(first.state, accepted).receipts, []);
  });

  it('are refused with code, detail and pointer', () => {
    const step = hear(sending(live(), 1), {
      t: 'refused',
      entity,
      seq: 1,
      code: 'invalid',
      detail: 'd',
      pointer: '/p',
      version: 7,
    });

    assert.deepEqual(step.receipts, [
      [1, { outcome: 'refused', code: 'invalid', detail: 'd', pointer: '/p', version: 7 }],
    ]);
  });

  it('stay unresolved when the server cannot tell, and are sent again in order', () => {
    const step = hear(sending(live(), 2), {
      t: 'refused',
      entity,
      seq: 1,
      code: 'unavailable',
      detail: '',
      version: 7,
    });

    assert.deepEqual([step.again, step.receipts.length], ['resend', 0]);
    assert.deepEqual(waiting(step.state), [
      [1, 0],
      [2, 1],
    ]);
  });

  it('are all sent again after a new connection, behind the open', () => {
    const sent = connected(disconnected(sending(live(), 2)), true).send;

    assert.deepEqual(
      sent.map(frame => frame.t),
      ['open', 'mutate', 'mutate'],
    );
    assert.deepEqual(numbers(sent.slice(1) as Mutate[]), [
      [1, 0],
      [2, 1],
    ]);
  });

  it('follow the seq a gap names when what lay between is settled', () => {
    const overloaded: EntityFrame = { t: 'refused', entity, seq: 1, code: 'overloaded', detail: '', version: 7 };
    const step = hear(hear(sending(live(), 3), overloaded).state, { t: 'gap', entity, expected: 0 });

    assert.equal(step.again, 'resend');
    assert.deepEqual(waiting(step.state), [
      [2, 0],
      [3, 2],
    ]);
  });

  it('are asked for again when a whole document stands for their changes', () => {
    const two = sending(live(), 2);

    assert.deepEqual(hear(two, state(9, 'merged')).send, frames(two));
  });

  it('start over from 1 with an entity that has forgotten the client', () => {
    const expired = (seq: number): EntityFrame => ({
      t: 'refused',
      entity,
      seq,
      code: 'expired-client',
      detail: '',
      version: 7,
    });
    const repeated = sending(live(), 1);
    const first = hear(sending(connected(disconnected(repeated), true).state, 1), expired(1));
    const second = hear(first.state, expired(2));

    assert.deepEqual([first.receipts.length, first.anew, first.state.forgotten], [1, undefined, true]);
    assert.deepEqual([second.receipts.length, second.anew, second.state.forgotten], [0, [2], false]);
    assert.deepEqual(numbers([nextCommand(second.state, { ops: [] })]), [[1, 0]]);
  });

  it('to an entity that cannot be are all refused at once', () => {
    const step = hear(sending(live(), 2), { t: 'error', entity, re: 'mutate', code: 'unknown-kind', detail: '' });

    assert.deepEqual([step.receipts.length, step.state.unresolved.length], [2, 0]);
  });
});
