import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { connectIn } from '../src/connect.js';
import type { Json } from '../src/json.js';
import { type Board, NAME, setUp } from './kept.js';

describe('a page that is loaded again', () => {
  it('shows the last state before there is a connection, and asks only for what it missed', async () => {
    const { open, push, world, server, heardOf } = setUp();
    const first = open();
    await world.advance(0);
    push(first.board, 1);
    await world.advance(5000);
    first.page.kill();
    world.network(false);

    const second = open();
    await world.advance(0);
    const offline = second.board.get();
    world.network(true);
    await world.advance(20_000);

    assert.deepEqual([offline.status, offline.value, offline.version], ['stale', { title: 'old', list: [1] }, 1]);
    assert.deepEqual(heardOf('open').at(-1), { t: 'open', entity: NAME, epoch: 5000, version: 1 });
    assert.equal(second.board.get().status, 'live');
    assert.equal(server.document(NAME).version, 1);
  });

  it('still has the commands of the one before, shows them and sends them', async () => {
    const { open, push, world, listAt } = setUp();
    const first = open();
    await world.advance(5000);
    world.network(false);
    await world.advance(30_000);
    const changes = [1, 2, 3].map(n => push(first.board, n));
    await Promise.all([...changes.map(({ durable }) => durable), world.settle()]);
    first.page.kill();

    const second = open();
    await world.advance(0);
    const shown = second.board.get();
    const pending = second.client.pending();
    world.network(true);
    await world.advance(20_000);

    assert.deepEqual([shown.value?.list, shown.pending], [[1, 2, 3], 3]);
    assert.deepEqual(
      pending.map(({ id, state }) => [id, state]),
      changes.map(({ id }) => [id, 'durable']),
    );
    assert.deepEqual(listAt(), [1, 2, 3]);
    assert.deepEqual([second.board.get().pending, second.board.get().value?.list], [0, [1, 2, 3]]);
  });

  it('sends what may have arrived under the same number: it counts once, and never shows twice', async () => {
    const { open, push, world, server, listAt } = setUp();
    const first = open();
    await world.advance(5000);
    world.deaf(true);
    push(first.board, 1);
    await world.settle();
    const committed = server.document(NAME).version;
    first.page.kill();
    world.deaf(false);

    const second = open();
    await world.advance(20_000);

    assert.equal(committed, 1);
    assert.deepEqual(listAt(), [1]);
    assert.deepEqual([second.board.get().value?.list, second.board.get().pending], [[1], 0]);
    assert.ok(
      second.seen.every(({ value }) => (value?.list.length ?? 0) <= 1),
      JSON.stringify(second.seen),
    );
  });

  it('keeps its number for an entity over pages', async () => {
    const { open, push, world, heardOf } = setUp();
    for (const n of [1, 2, 3]) {
      const { board, client } = open();
      await world.advance(100);
      push(board, n);
      await world.advance(5000);
      await client.close();
    }

    assert.deepEqual(
      heardOf('mutate').map(frame => ('seq' in frame ? frame.seq : 0)),
      [1, 2, 3],
    );
    assert.equal(new Set(heardOf('hello').map(frame => ('client' in frame ? frame.client : ''))).size, 1);
  });

  it('is told of the refusal of a command of the page before', async () => {
    const { open, world } = setUp();
    const first = open();
    await world.advance(5000);
    world.network(false);
    await world.advance(30_000);
    first.board.patch([{ op: 'replace', path: '/title', value: 'mine' }], { if: 99 });
    await world.settle();
    first.page.kill();

    const second = open();
    const refusals: unknown[] = [];
    second.board.onRefused(({ error, value }) => refusals.push([error.code, value]));
    world.network(true);
    await world.advance(20_000);

    assert.deepEqual(refusals, [['version-mismatch', { title: 'mine', list: [] }]]);
  });

  it('shows nothing of another account, and keeps it', async () => {
    const { open, unsent, world, listAt } = setUp();
    await unsent();

    const bob = open({ token: 'bob' });
    await world.advance(0);
    const shown = [bob.board.get().value, bob.client.pending().length];
    world.network(true);
    await world.advance(20_000);
    const meanwhile = listAt().length;
    await bob.client.close();
    open();
    await world.advance(20_000);

    assert.deepEqual([shown, meanwhile, listAt()], [[null, 0], 0, [1]]);
  });

  it('sends nothing that was stored for somebody else', async () => {
    const { open, push, world, server, heardOf, listAt } = setUp();
    const first = open({ account: 'shared' });
    await world.advance(5000);
    world.network(false);
    await world.advance(30_000);
    push(first.board, 1);
    await world.settle();
    first.page.kill();
    world.network(true);

    const second = open({ account: 'shared', token: 'eve' });
    await world.advance(20_000);

    const { status, detail } = second.client.connection.get();
    assert.deepEqual([status, detail], ['needs-auth', 'subject: eve (expected: whose changes are kept here)']);
    assert.deepEqual([heardOf('mutate').length, server.document(NAME).version], [0, 0]);

    second.client.refresh('ada');
    await world.advance(1000);

    assert.deepEqual([second.client.status, listAt()], ['online', [1]]);
  });

  it('shows nothing of another account where no note of it can be taken', async () => {
    const { world, device, open, push } = setUp();
    const first = open();
    await world.advance(2000);
    push(first.board, 1);
    await world.advance(5000);
    await first.client.close();
    const setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    const surroundings = { ...device.page().surroundings, notes: { getItem: () => 'ada', setItem } };

    const bob = connectIn(surroundings, { url: 'ws://test', token: () => 'bob' });
    const shown: unknown[] = [];
    bob.entity<Board>(NAME).subscribe(({ status, value }) => status === 'stale' && shown.push(value));
    await world.advance(5000);

    assert.deepEqual([bob.status, shown], ['online', []]);
  });

  it('sends what pages before it have left in their order, though the clock went back between them', async () => {
    const { world, device, open, server } = setUp();
    await world.advance(1000);
    world.network(false);
    for (const [back, path, value] of [
      [0, '/x', {}],
      [3_600_000, '/x/y', 1],
    ] as const) {
      const page = device.page();
      const surroundings = { ...page.surroundings, now: () => page.surroundings.now() - back };
      const { board } = open({}, { ...page, surroundings });
      await world.advance(1000);
      board.patch([{ op: 'add', path, value }]);
      await world.settle();
      page.kill();
    }

    world.network(true);
    open();
    await world.advance(20_000);

    assert.deepEqual((server.document(NAME).doc as { readonly x?: unknown }).x, { y: 1 });
  });

  it('remembers whose state it was while no token can be had', async () => {
    const notes = new Map<string, string>();
    const { world, device, server } = setUp();
    const surroundings = {
      ...device.page().surroundings,
      notes: {
        getItem: (key: string) => notes.get(key) ?? null,
        setItem: (key: string, value: string) => void notes.set(key, value),
      },
    };
    const first = connectIn(surroundings, { url: 'ws://test', token: () => 'ada' });
    first.entity(NAME).subscribe(() => {});
    await world.advance(5000);
    await first.close();
    world.network(false);

    const second = connectIn(surroundings, { url: 'ws://test', token: () => Promise.reject(new Error('offline')) });
    second.entity(NAME).subscribe(() => {});
    await world.advance(100);

    assert.deepEqual(
      [second.entity(NAME).get().status, second.entity(NAME).get().value],
      ['stale', server.document(NAME).doc],
    );
    assert.equal(second.status, 'needs-auth');
  });
});

describe('hostile content', () => {
  it('is kept and shown as it is, and harms nobody', async () => {
    const doc = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"":0}') as Json;
    const { open, world, server } = setUp({ initial: { board: doc } });
    const first = open();
    await world.advance(5000);
    first.board.update(d => {
      (d as Record<string, unknown>)['toString'] = 'x';
    });
    await world.advance(5000);
    await first.client.close();
    world.network(false);

    const second = open();
    await world.settle();

    assert.equal(JSON.stringify(second.board.get().value), JSON.stringify(server.document(NAME).doc));
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });
});
