import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { openCache } from '../src/cache.js';
import { connectIn } from '../src/connect.js';
import { whenOpened } from './device.js';
import { NAME, STORE, setUp } from './kept.js';
import { push as pushed } from './setup.js';

interface Write {
  readonly database: string;
  readonly durability: string | undefined;
}

/** A page that keeps what it has, and what it writes. */
function setUpWriting() {
  const all = setUp();
  const page = all.device.page();
  const writes: Write[] = [];
  const storage = whenOpened(page.surroundings.storage as IDBFactory, database => {
    const begin = database.transaction.bind(database);
    database.transaction = (...of: Parameters<typeof begin>) => {
      const [, mode, more] = of;
      if (mode === 'readwrite') writes.push({ database: database.name, durability: more?.durability });
      return begin(...of);
    };
  });
  const { board, client } = all.open({}, { ...page, surroundings: { ...page.surroundings, storage } });
  return { ...all, board, client, writes };
}

describe('a page', () => {
  it('has a command on the disk itself before it says that it is kept, and nothing else', async () => {
    const { client, board, world, writes, push } = setUpWriting();
    await world.advance(5000);
    client.pause();
    await world.settle();
    writes.length = 0;

    await Promise.all([push(board, 1).durable, world.settle()]);
    const kept = [...writes];
    client.resume();
    await world.advance(5000);

    assert.deepEqual(kept, [{ database: STORE, durability: 'strict' }]);
    assert.ok(writes.length > 2, JSON.stringify(writes));
    assert.ok(
      writes.slice(1).every(({ durability }) => durability === 'relaxed'),
      JSON.stringify(writes),
    );
  });

  it('keeps a document in motion now and then, and what it came to in the end', async () => {
    const { world, writes, device, listAt } = setUpWriting();
    const bob = connectIn(world.page(), { url: 'ws://test', token: 'bob' }).entity(NAME);
    await world.advance(5000);
    writes.length = 0;

    for (let n = 0; n < 40; n += 1) {
      bob.patch(pushed(n));
      await world.advance(100);
    }
    const often = writes.filter(({ database }) => database === `${STORE}:cache`).length;
    await world.advance(3000);

    assert.ok(often > 0 && often < 6, `${often} times in 4 s`);
    const cache = await openCache(device.page().surroundings, `${STORE}:cache`);
    assert.deepEqual((await cache.load(NAME))?.doc, { title: 'old', list: listAt() });
    assert.equal(listAt().length, 40);
  });
});
