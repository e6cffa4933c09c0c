import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import type { HoldfastError } from '../src/errors.js';
import { setUp } from './kept.js';

describe('a device that keeps nothing', () => {
  const broken = (storage: IDBFactory, fails: () => boolean): IDBFactory =>
    new Proxy(storage, {
      get(target, name) {
        if (name !== 'open') return Reflect.get(target, name);
        return (...given: [string, number]) => {
          const request = target.open(...given);
          request.addEventListener('success', () => {
            const database = request.result;
            const transaction = database.transaction.bind(database);
            database.transaction = ((names: string[], mode: IDBTransactionMode, more: object) => {
              if (mode === 'readwrite' && fails()) throw new DOMException('full', 'QuotaExceededError');
              return Reflect.apply(transaction, database, [names, mode, more]);
            }) as never;
          });
          return request;
        };
      },
    });

  it('sends commands all the same, and says that they are not kept', async () => {
    let full = false;
    const { device, world, open, push, listAt } = setUp();
    const page = device.page();
    const storage = broken(device.storage, () => full);
    const { board, seen } = open({}, { ...page, surroundings: { ...page.surroundings, storage } });
    await world.advance(1000);

    const kept = push(board, 1);
    await world.settle();
    full = true;
    const unkept = [2, 3].map(n => push(board, n));
    await world.advance(5000);

    await kept.durable;
    for (const { durable } of unkept) await assert.rejects(durable, (error: HoldfastError) => error.code === 'storage');
    await Promise.all(unkept.map(({ receipt }) => receipt));
    assert.deepEqual(listAt(), [1, 2, 3]);
    assert.deepEqual([board.get().value?.list, board.get().pending], [[1, 2, 3], 0]);
    assert.ok(
      seen.every(({ value }) => new Set(value?.list).size === (value?.list.length ?? 0)),
      'nothing shows twice',
    );
  });

  it('sends nothing while it is paused, kept or not', async () => {
    for (const early of [true, false]) {
      const { device, world, open, push, listAt } = setUp();
      const page = device.page();
      const storage = broken(device.storage, () => full);
      let full = false;
      const { board, client } = open({}, { ...page, surroundings: { ...page.surroundings, storage } });
      await world.advance(1000);
      full = true;
      if (!early) push(board, 0);
      await world.advance(1000);

      client.pause();
      await world.settle();
      const before = listAt();
      const { receipt } = push(board, 1);
      await world.advance(5000);
      const paused = listAt();
      client.resume();
      await world.advance(5000);

      await receipt;
      assert.deepEqual([paused, listAt()], [before, [...before, 1]]);
    }
  });

  it('says so where nothing is to be kept, or pages could not hear each other', async () => {
    for (const without of [{ persist: false }, { channel: false }]) {
      const { device, world, open, push, listAt } = setUp();
      const page = device.page();
      const { channel } = page.surroundings;
      const surroundings = { ...page.surroundings, channel: 'channel' in without ? undefined : channel };
      const pages = [1, 2].map(() => open('persist' in without ? without : {}, { ...page, surroundings }));
      await world.advance(1000);

      const changes = pages.map(({ board }, n) => push(board, n));
      const states = pages.map(({ client }) => client.pending().map(({ state }) => state));
      await world.settle();

      for (const { durable } of changes) await assert.rejects(durable, { code: 'storage', detail: /kept here/ });
      await Promise.all(changes.map(({ receipt }) => receipt));
      assert.deepEqual(states, [['shown'], ['shown']]);
      assert.deepEqual([[...listAt()].sort(), world.sockets], [[0, 1], 2]);
      for (const { board, client } of pages)
        assert.deepEqual([board.get().value?.list, client.pending()], [listAt(), []]);
    }
  });

  it('does without a database that cannot be opened', async () => {
    const { device, world, open, push, listAt } = setUp();
    const page = device.page();
    const storage = {
      open: () => {
        throw new DOMException('no', 'SecurityError');
      },
    } as unknown as IDBFactory;
    const { board } = open({}, { ...page, surroundings: { ...page.surroundings, storage } });
    await world.advance(1000);

    const change = push(board, 1);
    await world.settle();

    await assert.rejects(change.durable, { code: 'storage' });
    await change.receipt;
    assert.deepEqual([listAt(), world.sockets], [[1], 1]);
  });
});
