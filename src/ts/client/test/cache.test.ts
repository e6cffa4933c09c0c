import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { openCache } from '../src/cache.js';
import { done, openDatabase } from '../src/database.js';
import { NAME, STORE, setUp } from './kept.js';

describe('the cache', () => {
  const rows = async (
    device: ReturnType<typeof setUp>['device'],
    change: (row: Record<string, unknown>) => unknown,
  ) => {
    const database = await openDatabase(device.storage, `${STORE}:cache`, { entities: undefined, kinds: undefined });
    await database.run('readwrite', async store => {
      const row = await done(store('entities').get(NAME) as IDBRequest<Record<string, unknown>>);
      store('entities').put(change(row), NAME);
    });
    database.close();
  };
  const damages: Readonly<Record<string, (row: Record<string, unknown>) => unknown>> = {
    'a changed text': row => ({ ...row, text: (row['text'] as string).replace('old', 'odd') }),
    'a text cut short': row => ({ ...row, text: (row['text'] as string).slice(0, 10) }),
    'another version': row => ({ ...row, version: 77 }),
    'a schema of another time': row => ({ ...row, schema: 99 }),
    'something else altogether': () => 'nonsense',
  };
  for (const [name, damage] of Object.entries(damages)) {
    it(`that holds ${name} is not shown, and fetched anew; the outbox is as it was`, async () => {
      const { open, unsent, world, device, heardOf, listAt } = setUp();
      await unsent();
      await rows(device, damage);
      world.network(true);

      const second = open();
      await world.settle();
      const cached = second.seen.filter(({ status }) => status === 'stale').length;
      await world.advance(20_000);

      assert.equal(cached, 0);
      assert.deepEqual(heardOf('open').at(-1), { t: 'open', entity: NAME });
      assert.deepEqual([listAt(), second.board.get().value?.list], [[1], [1]]);
    });
  }

  it('is written when the page is put aside, not on the way of every change', async () => {
    const { open, push, world, device } = setUp();
    const first = open();
    await world.advance(5000);
    push(first.board, 1);
    await world.settle();

    world.awake(false);
    await world.settle();
    const cache = await openCache(device.page().surroundings, `${STORE}:cache`);

    assert.deepEqual((await cache.load(NAME))?.doc, { title: 'old', list: [1] });
    first.page.kill();
  });

  it('forgets what one may not read any more', async () => {
    const { open, world, server, device } = setUp();
    open();
    await world.advance(5000);

    server.babble(JSON.stringify({ t: 'closed', entity: NAME, code: 'forbidden', detail: 'read' }));
    await world.settle();
    const cache = await openCache(device.page().surroundings, `${STORE}:cache`);

    assert.equal(await cache.load(NAME), undefined);
  });
});
