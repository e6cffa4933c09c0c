import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { follow, setUp } from './setup.js';

const UNCHECKED = JSON.stringify({ t: 'error', code: 'unavailable', detail: 'keys: away', re: 'refresh' });

describe('a token that is told to the server', () => {
  for (const kind of ['string', 'function']) {
    it(`while the one before ends is not taken for that one (${kind})`, async () => {
      let token = 'ada';
      const { client, world, server, board } = setUp({}, { token: kind === 'string' ? token : () => token });
      follow(board);
      await world.advance(10_000);
      token = 'ada#new';
      client.refresh(token);
      await world.step(20);
      server.goAway('expired', 0);

      await world.advance(5000);

      assert.deepEqual([client.status, board.get().status], ['online', 'live']);
    });
  }

  it('between the goodbye and the end of a connection is the next one’s', async () => {
    const { client, world, server } = setUp();
    await world.advance(10_000);
    server.goAway('revoked', 2000);
    await world.settle();

    client.refresh('ada#new');
    await world.advance(5000);

    assert.equal(client.status, 'online');
  });

  it('is told again if it could not be looked at, and nothing else is', async () => {
    const { client, world, server, board, heardOf } = setUp();
    const seen = follow(board);
    await world.advance(10_000);
    client.refresh('ada#new');
    await world.settle();
    const opens = heardOf('open').length;

    server.babble(UNCHECKED);
    await world.advance(6000);

    assert.deepEqual(heardOf('refresh').length, 2);
    assert.deepEqual([heardOf('open').length, seen.at(-1)?.status], [opens, 'live']);
  });

  it('and refused is tried again after a while: its key may have been published late', async () => {
    const badTokens = ['ada'];
    const { client, world, statuses } = setUp({ badTokens });
    await world.advance(10_000);
    const before = [client.status, world.sockets];
    await world.advance(600_000);
    world.network(false);
    await world.advance(100_000);
    world.network(true);
    badTokens.length = 0;
    const meanwhile = statuses.join(' ');

    await world.advance(90_000);

    assert.deepEqual(before, ['needs-auth', 1]);
    assert.equal(meanwhile, 'connecting needs-auth');
    assert.equal(client.status, 'online');
  });

  it('and is somebody else’s is tried again in silence', async () => {
    const { client, world, statuses } = setUp();
    await world.advance(20_000);
    client.refresh('bob');
    client.reconnect();
    await world.advance(1000);
    statuses.splice(0, statuses.length, client.status);

    await world.advance(600_000);

    assert.deepEqual([client.status, statuses], ['needs-auth', ['needs-auth']]);
  });

  it('after one that was refused is not taken for that one, on a bad network either', async () => {
    const { client, world, statuses } = setUp({ badTokens: ['ada'] });
    await world.advance(1000);
    const before = client.status;
    world.network(false);
    client.refresh('ada#new');
    await world.advance(11_000);
    statuses.length = 0;
    world.network(true);

    await world.advance(30_000);

    assert.deepEqual([before, client.status], ['needs-auth', 'online']);
    assert.ok(!statuses.includes('needs-auth'), statuses.join());
  });

  it('is told again once, not after whatever fails later', async () => {
    const { client, world, server, heardOf } = setUp();
    await world.advance(10_000);
    client.refresh('ada#new');
    await world.advance(1000);

    server.babble(JSON.stringify({ t: 'error', code: 'quarantined', detail: 'x', re: 'open', entity: 'board/q' }));
    await world.advance(20_000);

    assert.equal(heardOf('refresh').length, 1);
  });
});

describe('the status', () => {
  it('is not online while a token is waited for', async () => {
    let asked = 0;
    const token = () => {
      asked += 1;
      return asked === 1 ? 'ada' : new Promise<string>(() => {});
    };
    const { client, world } = setUp({}, { token });
    await world.advance(1000);

    client.reconnect();
    await world.advance(1000);

    assert.equal(client.status, 'connecting');
  });
});
