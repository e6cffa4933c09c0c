import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import type { Json } from '../src/json.js';
import {
  caughtUp,
  disconnected,
  doubted,
  type EntityState,
  initialState,
  opened,
  received,
  sent,
  shownOf,
  statusOf,
  submitted,
  unsent,
} from '../src/reducer.js';
import { setUp } from './kept.js';

describe('a page whose document was never kept', () => {
  it('shows what may be in it once', async () => {
    const { open, push, world, listAt } = setUp();
    const before = open();
    await world.advance(300);
    world.deaf(true);
    push(before.board, 1);
    await world.settle();
    const committed = [...listAt()];
    before.page.kill();
    world.deaf(false);

    const { seen } = open();
    await world.advance(20_000);

    assert.deepEqual(committed, [1]);
    assert.ok(seen.every(({ value }) => (value?.list.length ?? 0) < 2));
    assert.deepEqual([seen.at(-1)?.value?.list, seen.at(-1)?.status], [[1], 'live']);
  });
});

const entity = 'board/a';
const push = (value: number) => [{ op: 'add', path: '/list/-', value }] as const;
const state = (epoch: number, version: number, list: readonly number[] = []) =>
  ({ t: 'state', entity, epoch, version, doc: { list } }) as const;
const command = (n: number) => ({ id: `c${n}`, entity, ops: push(n), at: 0 });
const listOf = (shown: Json) => (shown as { readonly list: readonly number[] }).list;

/** Commands 1 and 2 were on a wire that is gone, on top of version 10 of epoch 1. */
function inDoubt(): EntityState {
  const live = received(opened(initialState(entity)), state(1, 10), []).state;
  const both = submitted(live, [command(1), command(2)]);
  return disconnected(
    sent(
      both,
      [1, 2].map(n => ({ ...command(n), seq: n })),
    ),
  );
}

describe('commands in doubt', () => {
  it('stay in sight when they are accepted in a restored history, which is younger than what is shown', () => {
    const accept = (before: EntityState, n: number, later: boolean) =>
      received(
        before,
        { t: 'changed', entity, from: 2 + n, version: 3 + n, ops: push(n), changes: [] },
        [[`c${n}`, { version: 3 + n, duplicate: false }]],
        undefined,
        later,
      ).state;
    for (const later of [false, true]) {
      const restored = received(opened(inDoubt()), state(2, 3), [], undefined, later).state;
      const one = accept(restored, 1, later);
      const two = accept(one, 2, later);

      assert.deepEqual([restored, one, two, caughtUp(two)].map(shownOf).map(listOf), Array(4).fill([1, 2]));
    }
  });

  it('are left out of the first document there is, for it may have them, until it is known', () => {
    const earlier = submitted(opened(initialState(entity)), [{ ...command(1), seq: 1 }, command(2)]);
    const first = received(earlier, state(1, 10, [1]), []).state;
    const settled = received(first, { t: 'accepted', entity, seq: 1, version: 9 }, [
      ['c1', { version: 9, duplicate: true }],
    ]).state;
    const missed = received(first, { t: 'accepted', entity, seq: 1, version: 11 }, [
      ['c1', { version: 11, duplicate: true }],
    ]).state;

    assert.deepEqual([first, settled, missed].map(shownOf).map(listOf), [
      [1, 2],
      [1, 2],
      [1, 1, 2],
    ]);
    assert.deepEqual([statusOf(first), statusOf(settled)], ['stale', 'live']);
  });

  it('are in none when they were never sent, whoever led', () => {
    const live = received(opened(initialState(entity)), state(1, 10), []).state;
    const doubtful = doubted(submitted(live, [command(1), command(2)]), ({ id }) => id !== 'c2');
    const cleared = unsent(doubtful, new Set(['c1']));

    assert.deepEqual([statusOf(doubtful), statusOf(cleared)], ['stale', 'live']);
    assert.equal(unsent(cleared, new Set(['c1'])), cleared);
    const both = inDoubt();
    assert.equal(unsent(both, new Set(['c1', 'c2'])), both);
  });
});
