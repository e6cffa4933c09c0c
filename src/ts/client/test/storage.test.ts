import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import type { ConnectOptions, Snapshot } from '../src/api.js';
import { openCache } from '../src/cache.js';
import type { Command } from '../src/command.js';
import { connectIn } from '../src/connect.js';
import { done, openDatabase } from '../src/database.js';
import type { HoldfastError } from '../src/errors.js';
import type { Json } from '../src/json.js';
import { createStoredOutbox, openOutboxDatabase } from '../src/stored-outbox.js';
import { createDevice, type DevicePage } from './device.js';
import { createFakeServer, type FakeOptions } from './fake-server.js';
import { createWorld } from './world.js';

const NAME = 'board/welcome';
const STORE = 'holdfast:ada@http://test';
interface Board {
  readonly title: string;
  readonly list: readonly number[];
}

function setUp(options: FakeOptions = {}) {
  const server = createFakeServer({ initial: { board: { title: 'old', list: [] } }, now: () => 5000, ...options });
  const world = createWorld(server);
  const device = createDevice(world);
  const open = (given: Partial<ConnectOptions> = {}, page: DevicePage = device.page()) => {
    const client = connectIn(page.surroundings, { url: 'ws://test', token: 'ada', ...given });
    const board = client.entity<Board>(NAME);
    const seen: Snapshot<Board>[] = [];
    board.subscribe(snapshot => seen.push(snapshot));
    return { client, board, seen, page };
  };
  const push = (board: ReturnType<typeof open>['board'], n: number) =>
    board.patch([{ op: 'add', path: '/list/-', value: n }]);
  const listAt = () => (server.document(NAME).doc as unknown as Board).list;
  return {
    server,
    world,
    device,
    open,
    push,
    listAt,
    heardOf: (t: string) => server.heard.filter(frame => frame.t === t),
  };
}

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
    const { open, push, world, listAt } = setUp();
    const first = open();
    await world.advance(5000);
    world.network(false);
    await world.advance(30_000);
    push(first.board, 1);
    await world.settle();
    first.page.kill();

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
    const { open, push, world, server, heardOf } = setUp();
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

    assert.equal(second.client.status, 'needs-auth');
    assert.match(second.client.connection.get().detail, /eve/);
    assert.deepEqual([heardOf('mutate').length, server.document(NAME).version], [0, 0]);
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
      const { open, push, world, device, heardOf, listAt } = setUp();
      const first = open();
      await world.advance(5000);
      world.network(false);
      await world.advance(30_000);
      push(first.board, 1);
      await world.settle();
      first.page.kill();
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

describe('the outbox', () => {
  const command = (id: string, entity = NAME): Command => ({ id, entity, ops: [], at: 0 });
  const open = async () => {
    const { device } = setUp();
    const database = await openOutboxDatabase(device.storage, 'outbox');
    const outbox = await createStoredOutbox(database);
    for (const id of ['a', 'b', 'c']) await outbox.add(command(id));
    return { outbox, database, term: await outbox.lead() };
  };
  const seqs = (numbered: readonly Command[] | undefined) => numbered?.map(({ id, seq }) => [id, seq]);

  it('writes together what comes while it writes', async () => {
    const { outbox, database } = await open();
    let writes = 0;
    const counting = await createStoredOutbox({
      ...database,
      run(mode, work) {
        if (mode === 'strict') writes += 1;
        return database.run(mode, work);
      },
    });

    await Promise.all(['k', 'l', 'm', 'n'].map(id => counting.add(command(id))));
    await counting.add(command('o'));

    assert.equal(writes, 2);
    assert.deepEqual(
      (await outbox.load()).map(({ id }) => id),
      ['a', 'b', 'c', 'k', 'l', 'm', 'n', 'o'],
    );
  });

  it('numbers commands in order, per entity, and remembers', async () => {
    const { outbox, term } = await open();
    await outbox.add(command('d', 'board/other'));

    const first = await outbox.number(term, [command('a'), command('d', 'board/other')], []);
    const second = await outbox.number(term, [command('b')], []);

    assert.deepEqual(
      [seqs(first), seqs(second)],
      [
        [
          ['a', 1],
          ['d', 1],
        ],
        [['b', 2]],
      ],
    );
    assert.deepEqual(seqs(await outbox.load()), [
      ['a', 1],
      ['b', 2],
      ['c', undefined],
      ['d', 1],
    ]);
  });

  it('gives a command no other number than the one it may have been sent under', async () => {
    const { outbox, term } = await open();
    await outbox.number(term, [command('a')], []);
    const next = await outbox.lead();

    assert.deepEqual(seqs(await outbox.number(next, [command('a'), command('b')], [])), [
      ['a', 1],
      ['b', 2],
    ]);
  });

  it('numbers nothing for a leader that was deposed', async () => {
    const { outbox, term } = await open();
    await outbox.lead();

    assert.equal(await outbox.number(term, [command('a')], []), undefined);
    assert.equal(await outbox.leads(term), false);
    assert.deepEqual(seqs(await outbox.load())?.[0], ['a', undefined]);
  });

  it('numbers nothing that is settled already', async () => {
    const { outbox, term } = await open();
    outbox.remove(['a']);

    assert.deepEqual(seqs(await outbox.number(term, [command('a'), command('b')], [])), [['b', 1]]);
  });

  it('starts over where the entity has forgotten us', async () => {
    const { outbox, term } = await open();
    await outbox.number(term, [command('a'), command('b')], []);

    assert.deepEqual(seqs(await outbox.number(term, [command('b')], [NAME])), [['b', 1]]);
  });

  it('belongs to the first subject that is told', async () => {
    const { outbox } = await open();

    assert.deepEqual(
      [await outbox.belongsTo('ada'), await outbox.belongsTo('eve'), await outbox.belongsTo('ada')],
      [true, false, true],
    );
  });

  it('keeps nothing of a transaction whose work fails', async () => {
    const { database } = await open();

    const failing = database.run('readwrite', store => {
      store('commands').put({ id: 'x' });
      return Promise.reject(new Error('mine'));
    });

    await assert.rejects(failing, /mine/);
    assert.equal(await database.run('readonly', store => done(store('commands').count())), 3);
  });
});
