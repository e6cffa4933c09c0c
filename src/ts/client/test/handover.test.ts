import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import type { Entity, TokenSource } from '../src/api.js';
import { connectIn } from '../src/connect.js';
import type { Surroundings } from '../src/surroundings.js';
import { createDevice, type Device } from './device.js';
import { createFakeServer, type FakeOptions } from './fake-server.js';
import { createWorld } from './world.js';

const NAME = 'board/welcome';
interface Board {
  readonly rows: readonly { readonly id: string; readonly text: string }[];
}

function setUp(options: FakeOptions = {}) {
  const server = createFakeServer({ initial: { board: { rows: [] } }, now: () => 5000, ...options });
  const world = createWorld(server);
  const device = createDevice(world);
  const open = (more: Partial<Surroundings> = {}, token: TokenSource = 'ada', on: Device = device) => {
    const page = on.page();
    const client = connectIn({ ...page.surroundings, ...more }, { url: 'ws://test', token });
    const board = client.entity<Board>(NAME);
    board.subscribe(() => {});
    return { page, client, board };
  };
  return { server, world, device, open, doc: () => server.document(NAME).doc };
}

const push = (board: Entity<Board>) => board.update(d => void d.rows.push({ id: 'x', text: '' }));
const write = (board: Entity<Board>) => board.patch([{ op: 'replace', path: '/rows/0/text', value: 'hello' }]);
const DONE = { rows: [{ id: 'x', text: 'hello' }] };

describe('what is handed over before anybody knows the keys of its kind', () => {
  it('keeps its place before what came later, though the page that leads is gone meanwhile', async () => {
    const { world, open, doc } = setUp();
    const one = open();
    await world.advance(1000);
    const two = open();
    await world.advance(3000);
    world.network(false);
    await world.advance(30_000);
    push(two.board);
    await world.settle();
    write(two.board);
    await world.settle();

    one.page.kill();
    await world.advance(100);
    world.network(true);
    await world.advance(20_000);

    assert.deepEqual(doc(), DONE);
  });

  for (const turns of [0, 1, 2, 3, 5, 8, 20])
    it(`is sent soon by a page that begins with it, and has its lock ${turns} turns later`, async () => {
      const { world, device, open, doc } = setUp();
      world.answers.set('http://test/v1/kinds/board', { keys: { '/rows': 'id' } });
      const { locks } = device.page().surroundings;
      const request: NonNullable<Surroundings['locks']>['request'] = async (...of) => {
        for (let i = 0; i < turns; i += 1) await new Promise(resolve => setImmediate(resolve));
        return locks?.request(...of);
      };
      const { board } = open({ locks: { request } });

      board.set({ rows: [{ id: 'x', text: '' }] });
      board.update(d => void Object.assign(d.rows[0] as object, { text: 'hello' }));
      await world.advance(2000);

      assert.deepEqual(doc(), DONE);
    });

  it('is kept within seconds, however many there are, where the server does not say', async () => {
    const { world, open } = setUp();
    const { board, client } = open({ fetch: () => new Promise(() => {}) });
    await world.advance(10_000);
    const changes = Array.from({ length: 10 }, () => push(board));
    let closed = false;

    void client.close().then(() => {
      closed = true;
    });
    await world.advance(6000);

    await Promise.all(changes.map(({ durable }) => durable));
    assert.ok(closed);
  });

  it('is sent soon where there are no locks', async () => {
    const { world, open, doc } = setUp();
    world.answers.set('http://test/v1/kinds/board', { keys: { '/rows': 'id' } });
    const { board } = open({ locks: undefined });

    board.set({ rows: [{ id: 'x', text: '' }] });
    await world.advance(20);
    board.update(d => void Object.assign(d.rows[0] as object, { text: 'hello' }));
    await world.advance(2000);

    assert.deepEqual(doc(), DONE);
  });
});

describe('a change made by whoever sees another', () => {
  it('is behind it: on the server, and when both are taken back', async () => {
    const { world, open, doc } = setUp({ initial: { board: { a: 0, b: 0 } } });
    const { client } = open();
    const board = client.entity<{ readonly a: number; readonly b: number }>(NAME);
    await world.advance(3000);
    board.select(({ a }) => a).subscribe(a => a === 1 && board.patch([{ op: 'add', path: '/more/b', value: a }]));

    board.update(d => void Object.assign(d, { a: 1, more: {} }));
    await world.settle();
    const both = doc();
    board.undo();
    await world.settle();

    assert.deepEqual(
      [both, doc()],
      [
        { a: 1, b: 0, more: { b: 1 } },
        { a: 1, b: 0, more: {} },
      ],
    );
  });

  it('sees it as shown only, until it is kept', async () => {
    const { world, open } = setUp();
    const { client, board } = open();
    await world.advance(3000);
    client.pause();
    const seen: unknown[] = [];
    client.subscribePending(() => seen.push(client.pending().map(({ state }) => state)));

    await Promise.all([board.set({ rows: [] }).durable, world.settle()]);

    assert.deepEqual([seen[0], seen.at(-1)], [['shown'], ['durable']]);
  });
});

describe('what comes faster than the kind allows', () => {
  it('is sent again without hurry, until all of it is accepted in its order', async () => {
    let clock = () => 0;
    let [left, at] = [100, 0];
    const admit = () => {
      left = Math.min(100, left + (clock() - at) / 10);
      at = clock();
      left -= left < 1 ? 0 : 1;
      return left >= 1;
    };
    const { world, server, device } = setUp({ initial: { board: { list: [] } }, inFlight: 128, admit });
    clock = world.now;
    at = world.now();
    const { surroundings } = device.page();
    const client = connectIn(surroundings, { url: 'ws://test', token: 'ada', persist: false });
    const board = client.entity<{ readonly list: readonly number[] }>(NAME);
    board.subscribe(() => {});
    await world.advance(1000);

    for (let n = 0; n < 500; n += 1) board.patch([{ op: 'add', path: '/list/-', value: n }]);
    await world.advance(20_000);

    const { list } = server.document(NAME).doc as { readonly list: readonly number[] };
    assert.deepEqual(
      list,
      Array.from({ length: 500 }, (_, n) => n),
    );
    const sent = server.heard.filter(({ t }) => t === 'mutate').length;
    assert.ok(sent < 5000, `${sent} frames for 500 commands`);
  });
});
