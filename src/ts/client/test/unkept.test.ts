import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import type { ConnectOptions } from '../src/api.js';
import { connectIn } from '../src/connect.js';
import type { HoldfastError } from '../src/errors.js';
import { createDevice } from './device.js';
import { cramped, failing } from './failing.js';
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

/** The storage, which has no room for anything while `fails`. */
const broken = (storage: IDBFactory | undefined, fails: () => boolean): IDBFactory =>
  failing(storage, mode => (mode === 'readwrite' && fails() ? 'QuotaExceededError' : undefined));

describe('a device that keeps nothing', () => {
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
});
