import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import type { Command, Outcome } from '../src/command.js';
import type { EntityFrame } from '../src/frames.js';
import {
  decided,
  disconnected,
  type EntityState,
  initialState,
  left,
  opened,
  received,
  shownOf,
  submitted,
} from '../src/reducer.js';
import { NAME, title, titleOf } from './setup.js';

const command = (id: string): Command => ({ id, entity: NAME, ops: title(id), at: 0 });
const state = (epoch: number, version: number, value: string): EntityFrame => ({
  ...{ t: 'state', entity: NAME, epoch, version, doc: { title: value } },
});
const hear = (before: EntityState, frame: EntityFrame) => received(before, frame, []).state;
const make = (before: EntityState, id: string) => submitted(before, [command(id)]);
const accept = (before: EntityState, id: string, version: number) =>
  decided(before, [[id, { version, duplicate: false } satisfies Outcome]]);
const seen = (after: EntityState) => [titleOf(shownOf(after)), after.pending.length];
const live = () => hear(opened(initialState(NAME)), state(1, 7, 'old'));

describe('a command that was accepted', () => {
  it('does not outlive the history it was accepted in', () => {
    const told = accept(make(live(), 'mine'), 'mine', 9);

    const restored = hear(opened(disconnected(told)), state(2, 3, 'restored'));

    assert.deepEqual([told, restored].map(seen), [
      ['mine', 1],
      ['restored', 0],
    ]);
  });

  it('stays until its version comes, though what it was told on was a guess', () => {
    const guess = accept(make(left(live()), 'a'), 'a', 12);
    const told = accept(make(opened(guess), 'b'), 'b', 15);

    const between = hear(told, state(1, 14, 'theirs'));
    const there = hear(between, state(1, 15, 'b'));

    assert.deepEqual([guess, told, between, there].map(seen), [
      ['a', 0],
      ['b', 1],
      ['b', 1],
      ['b', 0],
    ]);
  });

  it('to what was never seen leaves nothing behind', () => {
    const after = accept(make(initialState(NAME), 'a'), 'a', 1);

    assert.deepEqual(seen(after), [undefined, 0]);
  });
});
