import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import type { Command } from '../src/command.js';
import { createStoredOutbox, openOutboxDatabase } from '../src/stored-outbox.js';
import type { FakeOptions } from './fake-server.js';
import { setUp as setUpKept } from './kept.js';
import { listOf, NAME, outcomeOf, push, setUp } from './setup.js';

describe('the number of a command', () => {
  it('is no other’s, though one that has its own comes once more', async () => {
    const { device } = setUpKept();
    const outbox = await createStoredOutbox(await openOutboxDatabase(device.storage, 'outbox'));
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id): Command => ({ id, entity: NAME, ops: [], at: 0 })) as [
      Command,
      Command,
      Command,
      Command,
    ];
    for (const command of [a, b, c, d]) await outbox.add(command);
    const term = (await outbox.lead()) as number;
    await outbox.number(term, [a, b, c], []);

    await outbox.number(term, [a], []);
    const next = await outbox.number(term, [d], []);

    assert.deepEqual(next, [{ ...d, seq: 4 }]);
  });
});

describe('an entity that has forgotten us', () => {
  /** One command is through before. */
  async function forgotten(options: FakeOptions = {}) {
    const { board, world, server } = setUp(options);
    await world.advance(0);
    await Promise.all([board.patch(push(1)).receipt, world.settle()]);
    server.forget(NAME);
    return { board, world, listAt: () => listOf(server.document(NAME).doc) };
  }

  it('gets what was under way before what waited for room', async () => {
    const { board, world, listAt } = await forgotten({ inFlight: 2 });

    const changes = [2, 3, 4, 5].map(n => board.patch(push(n)));
    await world.advance(2000);

    assert.deepEqual(await Promise.all(changes.map(({ receipt }) => outcomeOf(receipt))), Array(4).fill('accepted'));
    assert.deepEqual(listAt(), [1, 2, 3, 4, 5]);
  });

  it('gets nothing under new numbers while anything under the old ones has no answer', async () => {
    const { board, world, listAt } = await forgotten();

    const changes = [2, 3, 4].map(n => board.patch(push(n)));
    // One word at a time, so that the first answer is heard before the others are there.
    await world.step(400);
    await world.advance(2000);

    assert.deepEqual(listAt(), [1, 2, 3, 4]);
    await Promise.all(changes.map(({ receipt }) => receipt));
  });
});
