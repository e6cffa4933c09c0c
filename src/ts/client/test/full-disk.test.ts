import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { whenOpened } from './device.js';
import { cramped } from './failing.js';
import { setUp } from './kept.js';

describe('a device that keeps less than it should', () => {
  it('gives up the documents it keeps where there is no room for a number or a name any more', async () => {
    const { device, world, open, push, listAt } = setUp();
    const page = device.page();
    const room = { there: true, byClearing: true };
    const storage = cramped(page.surroundings.storage as IDBFactory, ['commands', 'numbers', 'meta'], room);
    const first = open({}, { ...page, surroundings: { ...page.surroundings, storage } });
    await world.advance(3000);
    world.network(false);
    await world.advance(30_000);
    const change = push(first.board, 1);
    await world.settle();
    await change.durable;

    room.there = false;
    world.network(true);
    await world.advance(20_000);
    await change.receipt;
    await first.client.close();
    room.there = false;
    const later = device.page();
    const again = cramped(later.surroundings.storage as IDBFactory, ['commands', 'numbers', 'meta'], room);
    const second = open({}, { ...later, surroundings: { ...later.surroundings, storage: again } });
    await world.advance(5000);

    assert.deepEqual([listAt(), second.client.status, second.board.get().status], [[1], 'online', 'live']);
  });

  it('shows documents on a disk that was full before the page came', async () => {
    const { device, world, open, push, listAt } = setUp();
    const first = open();
    await world.advance(3000);
    await first.client.close();
    const page = device.page();
    const room = { there: false, byClearing: false };
    const storage = cramped(page.surroundings.storage as IDBFactory, ['commands', 'numbers', 'meta'], room);

    const second = open({}, { ...page, surroundings: { ...page.surroundings, storage } });
    await world.advance(3000);
    const change = push(second.board, 1);
    await world.advance(3000);

    await change.receipt;
    assert.deepEqual([second.client.status, second.board.get().status, listAt()], ['online', 'live', [1]]);
  });

  it('goes on over a database that was closed under it', async () => {
    const { device, world, open, push, listAt, server } = setUp();
    const page = device.page();
    const opened: IDBDatabase[] = [];
    const storage = whenOpened(page.surroundings.storage as IDBFactory, database => opened.push(database));
    const { board, client } = open({}, { ...page, surroundings: { ...page.surroundings, storage } });
    await world.advance(3000);

    for (const database of opened) database.close();
    const change = push(board, 1);
    await world.advance(1000);
    server.hangUp();
    await world.advance(5000);

    await change.durable;
    await change.receipt;
    assert.deepEqual([listAt(), client.status, board.get().status], [[1], 'online', 'live']);
  });

  it('says so when all it kept was taken away, and gives no number twice', async () => {
    const { device, world, open, push, listAt } = setUp();
    const { board, client } = open();
    await world.advance(3000);
    for (const n of [1, 2]) push(board, n);
    await world.advance(3000);

    for (const { name } of await device.storage.databases()) device.storage.deleteDatabase(name as string);
    await world.advance(1000);
    const change = push(board, 3);
    await world.advance(20_000);
    const { status, detail } = client.connection.get();
    const meanwhile = [...listAt()];
    await client.close();
    open();
    await world.advance(20_000);

    await change.durable;
    assert.deepEqual([status, detail, meanwhile], ['offline', 'Error: storage: cleared (expected: a reload)', [1, 2]]);
    assert.deepEqual(listAt(), [1, 2, 3]);
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

  it('does without a database that does not answer, and is not in its way when it does', async () => {
    const { device, world, open, push, listAt } = setUp();
    const page = device.page();
    const factory = page.surroundings.storage as IDBFactory;
    const answers: (() => void)[] = [];
    let closed = 0;
    const storage = {
      open(name: string, version: number) {
        const real = factory.open(name, version);
        const late = {
          set onupgradeneeded(run: () => void) {
            real.onupgradeneeded = run;
          },
          set onsuccess(run: () => void) {
            real.onsuccess = () => {
              const close = real.result.close.bind(real.result);
              real.result.close = () => {
                closed += 1;
                close();
              };
              answers.push(run);
            };
          },
          get result() {
            return real.result;
          },
        };
        return late;
      },
    } as unknown as IDBFactory;
    const { board, seen } = open({}, { ...page, surroundings: { ...page.surroundings, storage } });
    const { durable, receipt } = push(board, 1);
    await world.advance(9000);
    const before = seen.length;
    await world.advance(5000);

    await assert.rejects(durable, { code: 'storage' });
    await receipt;
    assert.deepEqual([before, seen.at(-1)?.status, listAt()], [1, 'live', [1]]);
    for (const answer of answers) answer();
    await world.advance(1000);
    assert.deepEqual([answers.length, closed], [2, 2]);
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
