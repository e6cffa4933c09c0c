import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import type { TokenSource } from '../src/api.js';
import { connectIn } from '../src/connect.js';
import { done } from '../src/database.js';
import type { Channel, Surroundings } from '../src/surroundings.js';
import { createDevice } from './device.js';
import { createFakeServer, type FakeOptions } from './fake-server.js';
import { createWorld } from './world.js';

const NAME = 'board/welcome';
const STORE = 'holdfast:ada@http://test';

function setUp(options: FakeOptions = {}) {
  const server = createFakeServer({ initial: { board: { list: [] } }, now: () => 5000, ...options });
  const world = createWorld(server);
  const device = createDevice(world);
  const open = async (token: TokenSource = 'ada', more: Partial<Surroundings> = {}) => {
    const page = device.page();
    const client = connectIn({ ...page.surroundings, ...more }, { url: 'ws://test', token, account: 'ada' });
    const board = client.entity(NAME);
    board.presence.subscribe(() => {});
    await world.advance(3000);
    return { page, client, board };
  };
  const bob = connectIn(world.page(), { url: 'ws://test', token: 'bob' }).entity(NAME).presence;
  bob.subscribe(() => {});
  return { server, world, device, open, told: () => bob.get().map(({ data }) => data) };
}

describe('the page that leads', () => {
  it('gives way to a new one when all that was kept is gone, and empties no cache over it', async () => {
    const { world, device, open } = setUp();
    (await open()).page.kill();
    const database = await done(device.storage.open(STORE));
    const transaction = database.transaction(['meta'], 'readwrite');
    transaction.objectStore('meta').put(500, 'term');
    await new Promise(resolve => {
      transaction.oncomplete = resolve;
    });
    database.close();
    const old = await open();
    device.storage.deleteDatabase(STORE);
    await world.advance(1000);
    old.board.patch([{ op: 'add', path: '/list/-', value: 1 }]);
    await world.advance(5000);
    const cache = await done(device.storage.open(`${STORE}:cache`));
    const kept = () => done(cache.transaction('entities').objectStore('entities').count());
    const before = [world.sockets, await kept()];

    const fresh = await open();
    await world.advance(60_000);

    assert.deepEqual([world.sockets, await kept()], [(before[0] as number) + 1, before[1]]);
    assert.deepEqual([fresh.client.status, old.client.status], ['online', 'online']);
    assert.deepEqual([fresh.client.connection.get().leader, old.board.get().value], [true, { list: [1] }]);
    cache.close();
  });

  it('is not offered tokens of somebody else again and again', async () => {
    const { world, open, server } = setUp();
    let whose = 'ada';
    let n = 0;
    const token = () => `${whose}#${n++}`;
    for (let i = 0; i < 3; i += 1) await open(token);
    const before = world.sockets;

    whose = 'bob';
    server.hangUp();
    await world.advance(60_000);

    assert.ok(world.sockets - before < 20, `${world.sockets - before} connections in a minute`);
  });
});

describe('a page that follows', () => {
  for (const hides of [false, true])
    it(`follows again when it comes back after it was left${hides ? ' and hidden' : ''}`, async () => {
      const { world, open, server } = setUp();
      await open();
      const [leaving, waking] = [new Set<() => void>(), new Set<(awake: boolean) => void>()];
      const { page, client } = await open('ada', {
        onLeave: listener => {
          leaving.add(listener);
          return () => leaving.delete(listener);
        },
        onAwake: listener => {
          waking.add(listener);
          return () => waking.delete(listener);
        },
      });
      const other = client.entity('board/other');
      other.subscribe(() => {});
      await world.advance(3000);

      for (const listener of leaving) listener();
      if (hides) for (const listener of waking) listener(false);
      page.freeze();
      await world.advance(10_000);
      page.thaw();
      for (const listener of waking) listener(true);
      await world.advance(5000);
      const far = connectIn(world.page(), { url: 'ws://test', token: 'bob' });
      far.entity('board/other').set({ list: [7] });
      await world.advance(5000);

      assert.deepEqual([other.get().status, other.get().value], ['live', server.document('board/other').doc]);
    });

  it('has a token for the leader when somebody has signed in there', async () => {
    const { world, open } = setUp();
    const none = () => {
      throw new Error('signed out');
    };
    await open(none);
    let signedIn = false;
    const { client } = await open(() => (signedIn ? 'ada' : none()));
    await world.advance(20_000);
    const before = client.status;

    signedIn = true;
    await world.advance(60_000);

    assert.deepEqual([before, client.status], ['needs-auth', 'online']);
  });

  it('can be closed while it asks for that token, and by two at once', async () => {
    const { world, device, open } = setUp();
    await open(() => Promise.reject(new Error('signed out')));
    const { channel } = device.page().surroundings;
    const strict = (name: string): Channel => {
      const real = channel?.(name) as Channel;
      let closed = false;
      return {
        set onmessage(handler: Channel['onmessage']) {
          real.onmessage = handler;
        },
        postMessage(message) {
          if (closed) throw new DOMException('channel: closed', 'InvalidStateError');
          real.postMessage(message);
        },
        close() {
          closed = true;
          real.close();
        },
      };
    };
    let give = (_: string) => {};
    const token = () =>
      new Promise<string>(resolve => {
        give = resolve;
      });
    const { client } = await open(token, { channel: strict });
    const unheard: unknown[] = [];
    const listeners = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', error => unheard.push(error));

    await Promise.all([client.close(), client.close(), world.settle()]);
    give('ada');
    await new Promise(resolve => setImmediate(resolve));

    process.removeAllListeners('unhandledRejection');
    for (const listener of listeners) process.on('unhandledRejection', listener);
    assert.deepEqual(unheard, []);
  });
});

describe('presence', () => {
  it('of a page that led and died is not told by the next', async () => {
    const { world, open, told } = setUp();
    const [one, two] = [await open(), await open()];
    for (const [page, data] of [
      [two, 'two'],
      [one, 'one'],
    ] as const) {
      page.board.presence.set(data);
      await world.advance(1000);
    }

    one.page.kill();
    await world.advance(20_000);

    assert.deepEqual(told(), ['two']);
  });

  it('is the newest that was said, whoever leads', async () => {
    const { world, open, told } = setUp();
    const [one, two, three] = [await open(), await open(), await open()];
    for (const [page, data] of [
      [three, 'older'],
      [two, 'newer'],
    ] as const) {
      page.board.presence.set(data);
      await world.advance(1000);
    }

    one.page.kill();
    await world.advance(20_000);

    assert.deepEqual(told(), ['newer']);
  });

  it('ends with the page', async () => {
    const { world, open, told } = setUp();
    const [one, two] = [await open(), await open()];
    for (const [page, data] of [
      [one, 'one'],
      [two, 'two'],
    ] as const) {
      page.board.presence.set(data);
      await world.advance(1000);
    }

    two.page.leave();
    await world.advance(1000);

    assert.deepEqual(told(), ['one']);
  });

  it('is told first by a page that was forgotten, and then it follows again', async () => {
    const { world, open, server } = setUp();
    await open();
    const { page, client } = await open();
    const other = client.entity('board/other');
    other.subscribe(() => {});
    await world.advance(3000);

    page.freeze();
    await world.advance(310_000);
    other.presence.set('here');
    await world.settle();
    page.thaw();
    await world.advance(20_000);
    const far = connectIn(world.page(), { url: 'ws://test', token: 'bob' });
    far.entity('board/other').set({ list: [7] });
    await world.advance(5000);

    assert.deepEqual([other.get().status, other.get().value], ['live', server.document('board/other').doc]);
  });
});
