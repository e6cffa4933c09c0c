import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import type { Json } from '../src/json.js';
import { backOff } from '../src/surroundings.js';
import { follow, listOf, NAME, push, setUp } from './setup.js';

describe('a connection', () => {
  it('comes back when told to, not before', async () => {
    const { world, server, statuses } = setUp();
    await world.advance(0);

    server.goAway('draining', 5000);
    await world.settle();
    server.hangUp();
    await world.advance(1000);
    world.awake(true);
    await world.advance(3999);
    const early = [...statuses, world.sockets];
    await world.advance(1);

    assert.deepEqual(early, ['connecting', 'online', 'draining', 1]);
    assert.deepEqual(statuses.slice(3), ['connecting', 'online']);
  });

  it('leaves a server that says goodbye and does not hang up', async () => {
    const { world, server } = setUp();
    await world.advance(0);

    server.goAway('draining', 500);
    await world.advance(600);

    assert.equal(world.sockets, 2);
  });

  it('leaves a server that says goodbye and goes on talking', async () => {
    const { board, world, server, client } = setUp();
    follow(board);
    await world.advance(0);

    server.goAway('draining', 9000);
    for (let i = 0; i < 12; i += 1) {
      server.babble(JSON.stringify({ t: 'presence', entity: NAME, all: [] }));
      await world.advance(1000);
    }

    assert.deepEqual([world.sockets, client.status], [2, 'online']);
  });

  it('says nothing more to a server that said goodbye, and all of it to the next', async () => {
    const { board, world, server } = setUp();
    await world.advance(0);

    server.goAway('draining', 500);
    await world.settle();
    const before = server.heard.length;
    const change = board.patch(push(1));
    await world.settle();
    assert.equal(server.heard.length, before);
    await world.advance(600);

    assert.equal((await change.receipt).duplicate, false);
    assert.equal(server.heard.filter(({ t }) => t === 'mutate').length, 1);
  });

  it('pings twice per heartbeat, knows how long that takes and gives up on a silent connection', async () => {
    const { world, heardOf, statuses, client } = setUp();
    await world.advance(20_000);
    const pings = heardOf('ping').length;
    const { latencyMs } = client.connection.get();

    world.network(false);
    await world.advance(30_000);

    assert.deepEqual([pings, latencyMs], [5, 0]);
    assert.ok(statuses.includes('offline'));
  });

  it('makes sure that it lives when the page wakes up', async () => {
    const { world, client } = setUp();
    await world.advance(0);
    world.network(false);

    world.awake(true);
    await world.advance(3000);

    assert.equal(client.status, 'offline');
  });

  it('does not wait when the page wakes up', async () => {
    const { world, client } = setUp();
    world.network(false);
    await world.advance(100_000);
    world.network(true);

    world.awake(true);
    await world.advance(0);

    assert.equal(client.status, 'online');
  });

  it('tries again at growing intervals while nobody answers, and says when', async () => {
    const { world, client } = setUp();
    world.network(false);

    await world.advance(60_000);

    const between = world.pauses.filter(ms => ![5000, 10_000, 15_000].includes(ms));
    assert.deepEqual(between.slice(0, 5), [0, 250, 500, 1000, 2000]);
    assert.ok((client.connection.get().retryAt ?? 0) > 0 || client.status === 'connecting');
  });

  it('does not hammer a server that hangs up right after the welcome', async () => {
    const { world, server } = setUp();
    for (let i = 0; i < 6; i += 1) {
      await world.advance(i === 0 ? 0 : 10_000);
      server.goAway('overloaded', 0);
      server.hangUp();
      await world.settle();
    }

    assert.ok(world.sockets <= 8, `${world.sockets} sockets`);
  });

  it('has none while paused, and everything else works', async () => {
    const { world, client, board, server } = setUp();
    follow(board);
    await world.advance(0);

    client.pause();
    await world.advance(60_000);
    const change = board.patch(push(1));
    const paused = [client.status, listOf(board.get().value as Json).length, server.document(NAME).version];
    client.resume();
    await world.advance(10);

    assert.deepEqual(paused, ['offline', 1, 0]);
    await change.receipt;
    assert.equal(client.status, 'online');
  });

  it('starts over with a server that talks nonsense', async () => {
    const { world, client, board, server } = setUp();
    follow(board);
    await world.advance(0);

    server.babble('{"t":"state","entity":1}');
    await world.advance(1000);

    assert.deepEqual([client.status, board.get().status, world.sockets], ['online', 'live', 2]);
  });

  it('asks for the whole document when changes do not fit', async () => {
    const { board, server, world } = setUp();
    follow(board);
    await world.advance(0);

    server.babble(JSON.stringify({ t: 'changed', entity: NAME, from: 7, version: 8, ops: [], changes: [] }));
    await world.settle();

    assert.deepEqual(
      [board.get().status, board.get().version, server.heard.filter(({ t }) => t === 'open').length],
      ['live', 0, 2],
    );
  });
});

describe('backOff', () => {
  it('grows from 250 ms to 10 s, and chance takes off at most half', () => {
    assert.deepEqual(
      [0, 1, 2, 5, 6, 50].map(n => backOff(n, 1)),
      [250, 500, 1000, 8000, 10_000, 10_000],
    );
    assert.deepEqual(
      [0, 1, 2, 50].map(n => backOff(n, 0)),
      [250, 250, 500, 5000],
    );
  });
});
