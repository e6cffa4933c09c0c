import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import type { Command, Settled } from '../src/command.js';
import type { Change, EntityFrame } from '../src/frames.js';
import type { Op } from '../src/patch.js';
import {
  decided,
  disconnected,
  type EntityState,
  initialState,
  left,
  opened,
  received,
  restored,
  type Step,
  sent,
  shownOf,
  snapshotOf,
  statusOf,
  submitted,
} from '../src/reducer.js';

const entity = 'board/welcome';
const title = (value: string): Op[] => [{ op: 'replace', path: '/title', value }];
const by = (version: number, client: string, seq: number): Change => ({ version, client, seq, by: client, at: 0 });
const hear = (state: EntityState, frame: EntityFrame, settled: Settled = []): Step => received(state, frame, settled);
const state = (version: number, value: string, epoch = 1): EntityFrame => ({
  t: 'state',
  entity,
  epoch,
  version,
  doc: { title: value },
});
const changed = (from: number, value: string, ...changes: Change[]): EntityFrame => ({
  ...{ t: 'changed', entity, from, version: from + Math.max(1, changes.length), ops: title(value), changes },
});
const command = (id: string, ops: readonly Op[] = title(id)): Command => ({ id, entity, ops, at: 0 });
const accepted = (version: number) => ({ version, duplicate: false });
const refused = { version: 7, code: 'invalid', detail: '' } as const;
const live = (version = 7): EntityState => hear(opened(initialState(entity)), state(version, 'old')).state;
const titleOf = (from: EntityState) => (shownOf(from) as { readonly title: string } | null)?.title;

describe('observing', () => {
  it('is live with the state, stale when the connection is gone, and live again when nothing was missed', () => {
    const gone = disconnected(live());
    const back = hear(opened(gone), { t: 'current', entity, epoch: 1, version: 7 }).state;

    assert.deepEqual([live(), gone, back].map(statusOf), ['live', 'stale', 'live']);
  });

  it('applies a change to the version it belongs to', () => {
    const { confirmed } = hear(live(), changed(7, 'new', by(8, 'you', 1))).state;

    assert.deepEqual(confirmed, { doc: { title: 'new' }, version: 8, epoch: 1 });
  });

  it('asks for the whole when a change does not follow, and passes over changes until it comes', () => {
    const hole = hear(live(), changed(8, 'hole'));
    const meanwhile = hear(hole.state, changed(7, 'late'));
    const whole = hear(meanwhile.state, state(12, 'whole'));

    assert.deepEqual([hole.reload, statusOf(hole.state), titleOf(hole.state)], [true, 'stale', 'old']);
    assert.deepEqual([meanwhile.reload, titleOf(meanwhile.state)], [false, 'old']);
    assert.deepEqual([whole.state.confirmed.version, statusOf(whole.state)], [12, 'live']);
  });

  it('asks for the whole when a change does not apply, or belongs to another history', () => {
    const odd = { ...changed(7, ''), ops: [{ op: 'remove', path: '/nothing' }] } as EntityFrame;

    assert.equal(hear(live(), odd).reload, true);
    assert.equal(received(live(), changed(7, 'new'), [], 2).reload, true);
  });

  it('takes a new epoch as truth even when its version is lower', () => {
    const back = opened(disconnected(live(7)));

    assert.equal(hear(back, state(2, 'restored', 2)).state.confirmed.version, 2);
    assert.equal(hear(back, { t: 'current', entity, epoch: 2, version: 7 }).reload, true);
  });

  it('ends with a reason, or does not when the reason passes', () => {
    const ended = hear(live(), { t: 'closed', entity, code: 'forbidden', detail: 'read' }).state;
    const passing = hear(live(), { t: 'closed', entity, code: 'unavailable', detail: 'database' }).state;
    const never = hear(opened(initialState(entity)), {
      t: 'error',
      entity,
      re: 'open',
      code: 'unknown-kind',
      detail: '',
    }).state;

    assert.deepEqual([ended, passing, never].map(statusOf), ['closed', 'stale', 'closed']);
    assert.equal(snapshotOf(ended).error?.code, 'forbidden');
    assert.equal(statusOf(opened(ended)), 'stale');
  });

  it('hears nothing after leaving', () => {
    const gone = left(live());

    assert.equal(titleOf(hear(gone, state(9, 'late')).state), 'old');
    assert.equal(titleOf(hear(gone, changed(7, 'late')).state), 'old');
  });

  it('shows what an earlier page kept, unless the server was faster', () => {
    const kept = { doc: { title: 'kept' }, version: 3, epoch: 1 };

    assert.deepEqual(
      [titleOf(restored(initialState(entity), kept)), statusOf(restored(initialState(entity), kept))],
      ['kept', 'stale'],
    );
    assert.equal(titleOf(restored(live(), kept)), 'old');
  });
});

describe('commands', () => {
  it('are shown at once, on top of each other, and once only', () => {
    const two = submitted(submitted(live(), [command('a')]), [command('b')]);

    assert.deepEqual([titleOf(two), snapshotOf(two).pending], ['b', 2]);
    assert.equal(submitted(two, [command('b')]), two);
  });

  it('that do not apply here are left out, and counted', () => {
    const odd = submitted(live(), [command('odd', [{ op: 'remove', path: '/nothing' }])]);

    assert.deepEqual([titleOf(odd), snapshotOf(odd).pending], ['old', 1]);
  });

  it('stay on top of what others do, until they are committed', () => {
    const mine = submitted(live(), [command('mine')]);
    const theirs = hear(mine, changed(7, 'theirs', by(8, 'you', 1))).state;
    const done = hear(theirs, changed(8, 'mine', by(9, 'me', 1)), [['mine', accepted(9)]]).state;

    assert.deepEqual([mine, theirs, done].map(titleOf), ['mine', 'mine', 'mine']);
    assert.deepEqual([snapshotOf(done).pending, shownOf(done) === done.confirmed.doc], [0, true]);
  });

  it('leave alone when they are refused', () => {
    const two = submitted(submitted(live(), [command('a')]), [command('b', [{ op: 'add', path: '/more', value: 1 }])]);

    assert.deepEqual(shownOf(decided(two, [['a', refused]])), { title: 'old', more: 1 });
  });

  it('that are accepted stay so, whatever is said of them later', () => {
    const mine = sent(submitted(live(), [command('a')]), [{ ...command('a'), seq: 1 }]);
    const told = hear(mine, { t: 'accepted', entity, seq: 1, version: 9 }, [['a', accepted(9)]]).state;

    assert.equal(titleOf(decided(told, [['a', refused]])), 'a');
  });

  it('that are accepted before their change comes stay until it has', () => {
    const mine = submitted(live(), [command('mine')]);
    const told = hear(mine, { t: 'accepted', entity, seq: 1, version: 9 }, [['mine', accepted(9)]]).state;
    const there = hear(told, state(9, 'mine')).state;

    assert.deepEqual([titleOf(told), snapshotOf(told).pending, told.pending.length], ['mine', 0, 1]);
    assert.deepEqual([titleOf(there), there.pending.length], ['mine', 0]);
  });

  it('that may be in the new document already hold back that document until it is clear', () => {
    const count: readonly Op[] = [{ op: 'add', path: '/list/-', value: 1 }];
    const whole = (version: number, list: readonly number[]): EntityFrame => ({
      t: 'state',
      entity,
      epoch: 1,
      version,
      doc: { list },
    });
    const first = hear(opened(initialState(entity)), whole(7, [])).state;
    const onWire = sent(submitted(first, [command('a', count)]), [{ ...command('a', count), seq: 1 }]);
    const back = hear(opened(disconnected(onWire)), whole(8, [1])).state;
    const clear = hear(back, { t: 'accepted', entity, seq: 1, version: 8, duplicate: true }, [
      ['a', accepted(8)],
    ]).state;

    assert.deepEqual([shownOf(back), statusOf(back)], [{ list: [1] }, 'stale']);
    assert.deepEqual([shownOf(clear), statusOf(clear), clear.pending.length], [{ list: [1] }, 'live', 0]);
  });

  it('to what nobody observes leave when they are accepted, whatever others did in between', () => {
    const after = Array.from({ length: 100 }, (_, i) => `c${i}`).reduce(
      (state, id, i) => decided(submitted(state, [command(id)]), [[id, accepted(10 + 2 * i)]]),
      left(live()),
    );

    assert.deepEqual([after.pending.length, titleOf(after)], [0, 'c99']);
  });

  it('to what nobody observes are the next version; after one of others, a guess in no history', () => {
    const away = left(live());
    const next = decided(submitted(away, [command('a')]), [['a', accepted(8)]]);
    const later = decided(submitted(away, [command('a')]), [['a', accepted(12)]]);

    assert.deepEqual([titleOf(next), next.confirmed.version, next.pending.length], ['a', 8, 0]);
    assert.deepEqual([titleOf(later), later.pending.length], ['a', 0]);
    assert.deepEqual([later.confirmed.version, later.confirmed.epoch], [12, 0]);
  });

  it('cost nothing anew when exactly they come back', () => {
    const ops: readonly Op[] = [{ op: 'add', path: '/big', value: { a: [1, 2, 3] } }];
    const mine = submitted(submitted(live(), [command('a', ops)]), [command('b')]);
    const shown = shownOf(mine);
    const done = hear(
      mine,
      { t: 'changed', entity, from: 7, version: 8, ops: structuredClone(ops), changes: [by(8, 'me', 1)] },
      [['a', accepted(8)]],
    ).state;

    assert.equal(shownOf(done), shown);
  });

  it('are the same objects when the server says the same in other words', () => {
    const ops: readonly Op[] = [{ op: 'add', path: '/big', value: { a: [1, 2, 3] } }];
    const mine = submitted(live(), [command('a', ops)]);
    const words: readonly Op[] = [{ op: 'replace', path: '', value: { big: { a: [1, 2, 3] }, title: 'old' } }];
    const done = hear(mine, { t: 'changed', entity, from: 7, version: 8, ops: words, changes: [by(8, 'me', 1)] }, [
      ['a', accepted(8)],
    ]).state;

    assert.equal(shownOf(done), shownOf(mine));
  });
});
