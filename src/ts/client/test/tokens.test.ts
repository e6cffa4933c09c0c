import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { connectIn } from '../src/connect.js';
import { createDevice } from './device.js';
import { createFakeServer } from './fake-server.js';
import { listOf, NAME, push, setUp } from './setup.js';
import { createWorld } from './world.js';

describe('a client and its token', () => {
  it('does not come back with a token that was revoked, and comes back with another; nothing is lost', async () => {
    const { board, client, world, server } = setUp();
    await world.advance(0);
    server.unavailable(true);
    const change = board.patch(push(1));
    await world.settle();

    server.goAway('revoked', 0);
    await world.advance(50_000);
    const [status, sockets] = [client.status, world.sockets];
    server.unavailable(false);
    client.refresh('ada#new');
    await world.advance(100);

    assert.deepEqual([status, sockets], ['needs-auth', 1]);
    await change.receipt;
    assert.equal(client.status, 'online');
  });

  it('needs a token when its source fails, asks again and loses nothing', async () => {
    let works = false;
    const { client, world, board } = setUp(
      {},
      {
        token: () => {
          if (works) return 'ada';
          throw new Error('no');
        },
      },
    );
    await world.advance(1000);
    const change = board.patch(push(1));
    const before = client.connection.get();
    works = true;
    await world.advance(10_000);

    assert.equal(before.status, 'needs-auth');
    assert.match(before.detail, /no/);
    await change.receipt;
    assert.equal(client.status, 'online');
  });

  it('does not use a token again that the server has refused, while the source has no other', async () => {
    let token = 'bad';
    const { client, world, server } = setUp({ badTokens: ['bad'] }, { token: () => token });
    await world.advance(60_000);
    const [status, hellos] = [client.status, server.heard.filter(({ t }) => t === 'hello').length];

    token = 'ada';
    await world.advance(11_000);

    assert.deepEqual([status, hellos, client.status], ['needs-auth', 1, 'online']);
  });

  it('does not ask for a token where it is something else that fails, and says what', async () => {
    const server = createFakeServer({});
    const world = createWorld(server);
    let works = false;
    const page = world.page();
    const socket: typeof page.socket = (url, protocol) => {
      if (!works) throw new TypeError('no sockets');
      return page.socket(url, protocol);
    };
    const client = connectIn({ ...page, socket }, { url: 'ws://test', token: 'ada' });
    await world.advance(1000);
    const { status, detail } = client.connection.get();
    works = true;
    await world.advance(10_000);

    assert.deepEqual([status, detail, client.status], ['offline', 'TypeError: no sockets', 'online']);
  });

  it('can be closed while it waits for a token', async () => {
    const server = createFakeServer({});
    const world = createWorld(server);
    const client = connectIn(createDevice(world).page().surroundings, {
      url: 'ws://test',
      token: () => new Promise<string>(() => {}),
    });
    client.entity(NAME).patch(push(1));
    await world.advance(1000);

    await Promise.all([client.close(), world.advance(1000)]);

    assert.equal(client.status, 'closed');
  });

  it('can be closed before its token is there, and keeps for the next page what was done', async () => {
    const server = createFakeServer({ initial: { board: { title: 'old', list: [] } }, now: () => 5000 });
    const world = createWorld(server);
    const device = createDevice(world);
    let give = (_: string) => {};
    const token = () =>
      new Promise<string>(resolve => {
        give = resolve;
      });
    const client = connectIn(device.page().surroundings, { url: 'ws://test', token });
    const change = client.entity(NAME).patch(push(1));
    await world.settle();

    await Promise.all([client.close(), world.settle()]);
    give('ada');
    await world.advance(1000);
    connectIn(device.page().surroundings, { url: 'ws://test', token: 'ada' });
    await world.advance(3000);

    await change.durable;
    assert.deepEqual(listOf(server.document(NAME).doc), [1]);
  });

  it('waits for a token as long as it takes', async () => {
    const server = createFakeServer({});
    const world = createWorld(server);
    let asked = 0;
    const token = () =>
      new Promise<string>(resolve => {
        asked += 1;
        world.after(12_000, () => resolve('ada'));
      });
    const client = connectIn(world.page(), { url: 'ws://test', account: 'ada', token });

    await world.advance(20_000);

    assert.deepEqual([client.status, asked], ['online', 1]);
  });

  it('sends nothing of one user under the name of another, where nothing is kept', async () => {
    const { board, client, world, server } = setUp();
    await world.advance(0);
    server.unavailable(true);
    board.patch(push(1));
    await world.settle();

    server.goAway('revoked', 0);
    await world.advance(1000);
    server.unavailable(false);
    client.refresh('bob');
    await world.advance(20_000);

    assert.deepEqual([client.status, server.document(NAME).version], ['needs-auth', 0]);
    assert.match(client.connection.get().detail, /bob/);
  });

  it('needs a token as long as the server refuses every new one', async () => {
    let n = 0;
    const badTokens = { includes: () => true } as unknown as string[];
    const { client, world, statuses } = setUp({ badTokens }, { token: () => `ada#${n++}` });

    await world.advance(5000);

    assert.equal(client.status, 'needs-auth');
    assert.ok(!statuses.includes('offline'), statuses.join());
  });

  it('renews a token before it ends', async () => {
    const jwt = (exp: number) => `x.${btoa(JSON.stringify({ sub: 'ada', exp }))}.y`;
    let n = 0;
    const { world, heardOf } = setUp(
      { now: () => world.now() },
      {
        token: () => {
          n += 1;
          return jwt(world.now() / 1000 + 600 + n);
        },
      },
    );
    await world.advance(530_000);
    const before = heardOf('refresh').length;
    await world.advance(20_000);

    assert.deepEqual([before, heardOf('refresh').length, heardOf('hello').length], [0, 1, 1]);
  });
});
