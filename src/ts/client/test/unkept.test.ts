import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import type { ConnectOptions } from '../src/api.js';
import { connectIn } from '../src/connect.js';
import type { HoldfastError } from '../src/errors.js';
import { createDevice, whenOpened } from './device.js';
import { createFakeServer, type FakeServer } from './fake-server.js';
import { type Board, NAME, setUp } from './kept.js';
import { createWorld, type World } from './world.js';

/** The server, whose words on the second connection come so many milliseconds later; and how many connections there were. */
function slowed(server: FakeServer, delay: (text: string) => number) {
  let lines = 0;
  const slow = (world: () => World): FakeServer => ({
    ...server,
    accept(mouth) {
      lines += 1;
      if (lines !== 2) return server.accept(mouth);
      const say = (text: string) => {
        const ms = delay(text);
        if (ms === 0) mouth.say(text);
        else world().after(ms, () => mouth.say(text));
      };
      return server.accept({ ...mouth, say });
    },
  });
  return { slow, lines: () => lines };
}

describe('a device that keeps nothing', () => {
  const broken = (storage: IDBFactory, fails: () => boolean): IDBFactory =>
    whenOpened(storage, database => {
      const transaction = database.transaction.bind(database);
      database.transaction = ((names: string[], mode: IDBTransactionMode, more: object) => {
        if (mode === 'readwrite' && fails()) throw new DOMException('full', 'QuotaExceededError');
        return Reflect.apply(transaction, database, [names, mode, more]);
      }) as never;
    });

  it('sends commands all the same, and says that they are not kept', async () => {
    let full = false;
    const { device, world, open, push, listAt } = setUp();
    const page = device.page();
    const storage = broken(device.storage, () => full);
    let mutates = 0;
    const onFrame: ConnectOptions['onFrame'] = (_, { t }) => {
      mutates += t === 'mutate' ? 1 : 0;
    };
    const { board, seen } = open({ onFrame }, { ...page, surroundings: { ...page.surroundings, storage } });
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
    assert.equal(mutates, 3);
    assert.deepEqual([board.get().value?.list, board.get().pending], [[1, 2, 3], 0]);
    assert.ok(
      seen.every(({ value }) => new Set(value?.list).size === (value?.list.length ?? 0)),
      'nothing shows twice',
    );
  });

  it('shows what is not kept once, though others hear of it before the receipt is there', async () => {
    const server = createFakeServer({ initial: { board: { n: 0 } }, now: () => 5000 });
    const { slow, lines } = slowed(server, text => (text.includes('"accepted"') ? 50 : 0));
    const world: World = createWorld(slow(() => world));
    const page = createDevice(world).page();
    let full = false;
    const storage = broken(page.surroundings.storage as IDBFactory, () => full);
    const client = connectIn({ ...page.surroundings, storage }, { url: 'ws://test', token: 'ada' });
    const board = client.entity<{ readonly n: number }>(NAME);
    const seen: unknown[] = [];
    board.select(({ n }) => n).subscribe(n => seen.push(n));
    await world.advance(3000);
    board.set({ n: 10 });
    await world.settle();

    full = true;
    const { receipt } = board.patch([{ op: 'inc', path: '/n', value: 1 }]);
    await world.advance(3000);

    await receipt;
    assert.deepEqual([seen, lines()], [[0, 10, 11], 2]);
  });

  /** A disk on which nothing can be written to these stores while there is no room. Clearing a store makes some, on some. */
  const cramped = (
    storage: IDBFactory,
    stores: readonly string[],
    room: { there: boolean; readonly byClearing: boolean },
  ): IDBFactory =>
    whenOpened(storage, database => {
      const begin = database.transaction.bind(database);
      database.transaction = (...of: Parameters<IDBDatabase['transaction']>) => {
        const transaction = begin(...of);
        const storeOf = transaction.objectStore.bind(transaction);
        transaction.objectStore = name => {
          const store = storeOf(name);
          const [put, clear] = [store.put.bind(store), store.clear.bind(store)];
          store.put = (...row: Parameters<typeof put>) => {
            if (!room.there && stores.includes(name)) throw new DOMException('full', 'QuotaExceededError');
            return put(...row);
          };
          store.clear = () => {
            room.there ||= room.byClearing;
            return clear();
          };
          return store;
        };
        return transaction;
      };
    });

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

  it('sends what is not kept behind what is', async () => {
    const { device, world, open } = setUp({ inFlight: 1 });
    const page = device.page();
    const room = { there: true, byClearing: false };
    const storage = cramped(page.surroundings.storage as IDBFactory, ['commands'], room);
    const { board, client } = open({}, { ...page, surroundings: { ...page.surroundings, storage } });
    await world.advance(3000);
    client.pause();
    for (const path of ['/a', '/a/b']) board.patch([{ op: 'add', path, value: {} }]);
    await world.settle();

    room.there = false;
    const last = board.patch([{ op: 'add', path: '/a/b/c', value: 1 }]);
    await world.settle();
    await assert.rejects(last.durable, { code: 'storage' });
    room.there = true;
    client.resume();
    await world.advance(20_000);

    await last.receipt;
  });

  it('keeps the order of many that are not kept behind one that is', async () => {
    const { device, world, open, push, listAt } = setUp();
    const page = device.page();
    const room = { there: true, byClearing: false };
    const storage = cramped(page.surroundings.storage as IDBFactory, ['commands'], room);
    const { board, client } = open({}, { ...page, surroundings: { ...page.surroundings, storage } });
    await world.advance(3000);
    client.pause();
    push(board, 1);
    await world.settle();
    room.there = false;
    for (const n of [2, 3, 4]) {
      push(board, n);
      await world.settle();
    }

    room.there = true;
    client.resume();
    await world.advance(20_000);

    assert.deepEqual(listAt(), [1, 2, 3, 4]);
  });

  it('sends what is kept again behind what was not', async () => {
    const { device, world, open } = setUp();
    const page = device.page();
    const room = { there: false, byClearing: false };
    const storage = cramped(page.surroundings.storage as IDBFactory, ['commands'], room);
    const { board } = open({}, { ...page, surroundings: { ...page.surroundings, storage } });
    await world.advance(3000);

    const first = board.patch([{ op: 'add', path: '/a', value: {} }]);
    await assert.rejects(Promise.all([first.durable, world.settle()]), { code: 'storage' });
    room.there = true;
    const second = board.patch([{ op: 'add', path: '/a/b', value: 1 }]);
    await world.advance(5000);

    await Promise.all([first.receipt, second.receipt]);
  });

  it('keeps the order of many that could be kept behind one that was not, however slow its way', async () => {
    const server = createFakeServer({ initial: { board: { title: 'old', list: [] } }, now: () => 5000 });
    const { slow } = slowed(server, () => 5000);
    const world: World = createWorld(slow(() => world));
    const { surroundings } = createDevice(world).page();
    const room = { there: true, byClearing: false };
    const storage = cramped(surroundings.storage as IDBFactory, ['commands'], room);
    const board = connectIn({ ...surroundings, storage }, { url: 'ws://test', token: 'ada' }).entity<Board>(NAME);
    board.subscribe(() => {});
    await world.advance(3000);

    for (const n of [1, 2, 3]) {
      room.there = n > 1;
      board.patch([{ op: 'add', path: '/list/-', value: n }]);
      await world.settle();
    }
    await world.advance(30_000);

    assert.deepEqual((server.document(NAME).doc as unknown as Board).list, [1, 2, 3]);
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

  it('goes on with a newer token', async () => {
    const badTokens: string[] = [];
    const { device, world, open, push, listAt, server } = setUp({ badTokens });
    const page = device.page();
    let full = false;
    const storage = broken(page.surroundings.storage as IDBFactory, () => full);
    const { board, client } = open({ token: 'ada#1' }, { ...page, surroundings: { ...page.surroundings, storage } });
    await world.advance(1000);
    full = true;
    push(board, 1);
    await world.advance(1000);
    full = false;
    badTokens.push('ada#1');
    server.goAway('expired', 100);
    await world.advance(5000);
    assert.equal(client.status, 'needs-auth');

    client.refresh('ada#2');
    await world.advance(1000);
    full = true;
    const { receipt } = push(board, 2);
    await world.advance(5000);

    await receipt;
    assert.deepEqual(listAt(), [1, 2]);
  });

  it('goes on with a token that another tab was given', async () => {
    const badTokens: string[] = [];
    const { device, world, open, push, server } = setUp({ badTokens });
    const one = open();
    await world.advance(1000);
    let full = false;
    const page = device.page();
    const storage = broken(device.storage, () => full);
    const two = open({}, { ...page, surroundings: { ...page.surroundings, storage } });
    await world.advance(1000);
    full = true;
    await Promise.all([push(two.board, 1).receipt, world.advance(5000)]);
    badTokens.push('ada');
    server.goAway('expired', 100);
    await world.advance(10_000);
    const before = [one.client.status, two.client.status];

    one.client.refresh('ada#new');
    const { receipt } = push(two.board, 2);
    await world.advance(10_000);

    assert.deepEqual(before, ['needs-auth', 'needs-auth']);
    await receipt;
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
