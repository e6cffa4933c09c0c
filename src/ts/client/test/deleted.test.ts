import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import type { Json } from '../src/json.js';
import { follow, NAME, push, setUp } from './setup.js';

describe('an entity that is deleted', () => {
  it('is nothing at once and for everybody, is there again when that is taken back, and gone when it is done again', async () => {
    const { board, world, server, join } = setUp();
    follow(board);
    const bob = join('bob').entity(NAME);
    follow(bob);
    await world.advance(0);
    await Promise.all([board.patch(push(1)).receipt, world.settle()]);
    const everywhere = () => [board.get().value, bob.get().value, server.document(NAME).doc];
    const shown: Json[][] = [];

    const { receipt } = board.delete();
    const atOnce = board.get().value;
    await world.settle();
    shown.push(everywhere());
    for (const step of [board.undo, board.redo]) {
      step();
      await world.settle();
      shown.push(everywhere());
    }

    assert.equal(atOnce, null);
    assert.equal((await receipt).version, 2);
    const whole = { title: 'old', list: [1] };
    assert.deepEqual(
      shown,
      [null, whole, null].map(doc => Array(3).fill(doc)),
    );
  });
});

describe('what was put in place of an element that has no name', () => {
  it('is not taken back once others have put something there', async () => {
    const { client, world, server, join } = setUp({ initial: { board: { list: [1, 2, 3] } } });
    const [mine, theirs] = [client, join('bob')].map(one => one.entity<{ readonly list: readonly number[] }>(NAME));
    mine?.subscribe(() => {});
    theirs?.subscribe(() => {});
    await world.advance(0);
    for (const [board, n] of [
      [mine, 9],
      [theirs, 7],
    ] as const) {
      board?.update(d => {
        d.list[1] = n;
      });
      await world.settle();
    }

    mine?.undo();
    await world.settle();

    assert.deepEqual(server.document(NAME).doc, { list: [1, 7, 3] });
  });
});
