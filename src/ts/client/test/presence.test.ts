import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import type { Json } from '../src/json.js';
import { follow, NAME, setUp } from './setup.js';

describe('presence', () => {
  it('shows the others and what they tell, as long as they are there', async () => {
    const { board, world, join } = setUp();
    const bob = join('bob');
    const seen: unknown[] = [];
    board.presence.subscribe(others => seen.push(others.map(({ by, data }) => [by, data])));
    bob.entity(NAME).subscribe(() => {});
    await world.advance(0);

    board.presence.set({ x: 1 });
    bob.entity(NAME).presence.set({ x: 2 });
    await world.settle();
    bob.entity(NAME).presence.set({ x: 3 });
    await world.settle();
    await bob.close();
    await world.settle();

    assert.deepEqual(seen, [[['bob', { x: 2 }]], [['bob', { x: 3 }]], []]);
  });

  it('refuses at once what is too much for the server', async () => {
    const { board } = setUp();

    board.presence.set('x'.repeat(4094));
    const deep = (levels: number): Json => (levels === 0 ? 0 : [deep(levels - 1)]);
    board.presence.set(deep(32));
    assert.throws(() => board.presence.set(deep(33)), { message: 'presence: too deep (expected: ≤ 32 levels)' });
    assert.throws(() => board.presence.set('é'.repeat(2048)), { message: 'presence: 4098 bytes (expected: ≤ 4096)' });
  });

  it('can be listened to later, and the document stays live', async () => {
    const { board, world, join } = setUp();
    const seen = follow(board);
    await world.advance(0);
    join('bob')
      .entity(NAME)
      .subscribe(() => {});
    const bob = join('bob').entity(NAME);
    bob.subscribe(() => {});
    await world.advance(0);
    bob.presence.set('here');
    await world.settle();
    const before = seen.length;

    board.presence.subscribe(() => {});
    await world.settle();

    assert.deepEqual(
      board.presence.get().map(({ data }) => data),
      ['here'],
    );
    assert.deepEqual([seen.length, board.get().status], [before, 'live']);
  });

  it('is told when the server has answered that the entity is open, not before', async () => {
    const order: string[] = [];
    const { board, world } = setUp({}, { onFrame: (direction, { t }) => order.push(`${direction} ${t}`) });
    board.subscribe(() => {});
    board.presence.set('here');

    await world.advance(0);

    assert.deepEqual(
      order.filter(one => /open|state|present$/.test(one)),
      ['out open', 'in state', 'out present'],
    );
  });

  it('is told again after a new connection', async () => {
    const { board, world, server, heardOf } = setUp();
    board.subscribe(() => {});
    await world.advance(0);
    board.presence.set('here');
    await world.settle();

    server.hangUp();
    await world.advance(1000);

    assert.deepEqual(
      heardOf('present').map(frame => ('data' in frame ? frame.data : undefined)),
      ['here', 'here'],
    );
  });
});
