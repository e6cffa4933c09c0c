import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConnectOptions } from '../src/api.js';
import { connectIn } from '../src/client.js';
import type { Json } from '../src/json.js';
import type { Op } from '../src/patch.js';
import type { View } from '../src/reducer.js';
import { backOff } from '../src/surroundings.js';
import { createFakeServer, type FakeOptions } from './fake-server.js';
import { createWorld } from './surroundings.js';

const NAME = 'board/welcome';
const title = (value: string): Op[] => [{ op: 'replace', path: '/title', value }];
const push = (value: number): Op[] => [{ op: 'add', path: '/list/-', value }];

function setUp(options: FakeOptions = {}, given: Partial<ConnectOptions> = {}) {
  const server = createFakeServer({ initial: { board: { title: 'old', list: [] } }, now: () => 5000, ...options });
  const world = createWorld(server);
  const statuses: string[] = [];
  const join = (client: string, more: Partial<ConnectOptions> = {}) =>
    connectIn(world, { url: 'ws://test', client, onStatus: status => statuses.push(status), ...given, ...more });
  const client = join('ada');
  return {
    server,
    world,
    statuses,
    join,
    client,
    board: client.entity(NAME),
    heardOf: (t: string) => server.heard.filter(frame => frame.t === t),
  };
}

/** Every view the listener was given. */
function follow(board: { subscribe(listener: (view: View) => void): () => void }): View[] {
  const seen: View[] = [];
  board.subscribe(view => seen.push(view));
  return seen;
}

const docTitle = (view: View | undefined) => (view?.doc as { title?: Json } | null)?.title;

describe('a client', () => {
  it('greets, opens what is subscribed and shows it', async () => {
    const { board, world, server, client, statuses } = setUp({}, { token: async () => 'ada#admin' });
    const seen = follow(board);

    await world.advance(0);

    assert.deepEqual(server.heard[0], { t: 'hello', client: 'ada', token: 'ada#admin' });
    assert.deepEqual(
      seen.map(view => view.status),
      ['connecting', 'live'],
    );
    assert.equal(docTitle(seen.at(-1)), 'old');
    assert.deepEqual([client.welcome()?.subject, statuses], ['ada', ['connecting', 'online']]);
  });

  it('sees its own and others’ changes in one order, and gets receipts', async () => {
    const { board, world, join } = setUp();
    const mine = follow(board);
    const other = join('bob').entity(NAME);
    const theirs = follow(other);
    await world.advance(0);

    const receipts = Promise.all([board.send(title('a')), other.send(title('b')), board.send(title('c'), { if: 2 })]);
    await world.settle();

    assert.deepEqual(
      (await receipts).map(receipt => [receipt.outcome, receipt.version]),
      [
        ['accepted', 1],
        ['accepted', 2],
        ['accepted', 3],
      ],
    );
    assert.deepEqual(mine.at(-1)?.doc, theirs.at(-1)?.doc);
    assert.equal(mine.at(-1)?.version, theirs.at(-1)?.version);
  });

  it('gets a receipt without having the entity open', async () => {
    const { board, world } = setUp();

    const receipt = board.send(title('a'));
    await world.advance(0);

    assert.deepEqual(await receipt, { outcome: 'accepted', version: 1, duplicate: false });
  });

  it('keeps at most inFlight commands on the wire, in order', async () => {
    const { board, world, heardOf, server } = setUp({ inFlight: 2 });
    await world.advance(0);
    server.unavailable(true);

    const receipts = [1, 2, 3, 4].map(n => board.send(push(n)));
    await world.settle();
    const held = heardOf('mutate').length;
    server.unavailable(false);
    await world.advance(1000);

    assert.equal(held, 2);
    assert.ok((await Promise.all(receipts)).every(receipt => receipt.outcome === 'accepted'));
    assert.deepEqual((server.document(NAME).doc as { list: Json }).list, [1, 2, 3, 4]);
  });

  it('sends again what the server never heard, once a gap shows', async () => {
    const { board, world, server } = setUp();
    await world.advance(0);
    server.dropCommands(1);

    const receipts = Promise.all([1, 2, 3].map(n => board.send(push(n))));
    await world.advance(100);

    assert.ok((await receipts).every(receipt => receipt.outcome === 'accepted'));
    assert.deepEqual((server.document(NAME).doc as { list: Json }).list, [1, 2, 3]);
  });

  it('loses and repeats nothing over a cut that swallows the receipts', async () => {
    const { board, world, server } = setUp();
    const seen = follow(board);
    await world.advance(0);

    const receipts = Promise.all([1, 2].map(n => board.send(push(n))));
    world.deaf(true);
    await world.advance(30_000);
    const committed = server.document(NAME).version;
    world.deaf(false);
    await world.advance(30_000);

    assert.equal(committed, 2);
    assert.ok((await receipts).every(receipt => receipt.outcome === 'accepted'));
    assert.deepEqual((server.document(NAME).doc as { list: Json }).list, [1, 2]);
    assert.deepEqual([seen.at(-1)?.doc, seen.at(-1)?.status], [server.document(NAME).doc, 'live']);
  });

  it('resumes after a cut with what it missed', async () => {
    const { board, world, server, join, heardOf } = setUp();
    const seen = follow(board);
    const other = join('bob').entity(NAME);
    await world.advance(0);
    await Promise.all([other.send(title('before')), world.settle()]);
    server.hangUp();
    await world.settle();
    const stale = seen.at(-1)?.status;

    await Promise.all([other.send(title('after')), world.advance(1000)]);

    assert.equal(stale, 'stale');
    assert.deepEqual([docTitle(seen.at(-1)), seen.at(-1)?.status], ['after', 'live']);
    assert.deepEqual(heardOf('open').at(-1), { t: 'open', entity: NAME, epoch: 5000, version: 1 });
  });

  it('takes the whole document after a restore', async () => {
    const { board, world, server } = setUp();
    const seen = follow(board);
    await world.advance(0);

    server.restore(NAME, { title: 'restored' }, 0);
    server.hangUp();
    await world.advance(1000);

    assert.deepEqual([docTitle(seen.at(-1)), seen.at(-1)?.epoch, seen.at(-1)?.status], ['restored', 1, 'live']);
  });

  it('comes back when told to, not before', async () => {
    const { world, server, statuses } = setUp();
    await world.advance(0);

    server.goAway('draining', 5000);
    await world.settle();
    server.hangUp();
    await world.advance(4999);
    const early = [...statuses];
    await world.advance(1);

    assert.deepEqual(early, ['connecting', 'online', 'offline']);
    assert.deepEqual(statuses.slice(3), ['connecting', 'online']);
  });

  it('leaves a server that says goodbye and does not hang up', async () => {
    const { world, server } = setUp();
    await world.advance(0);

    server.goAway('draining', 500);
    await world.advance(600);

    assert.equal(world.sockets, 2);
  });

  it('does not come back once revoked, and says so to whoever waits', async () => {
    const { board, world, server, statuses } = setUp();
    await world.advance(0);
    server.unavailable(true);
    const waiting = assert.rejects(board.send(title('a')), /outcome: unknown/);
    await world.settle();

    server.goAway('revoked', 0);
    await world.advance(60_000);

    await waiting;
    await assert.rejects(board.send(title('b')), /not sent/);
    assert.equal(statuses.at(-1), 'stopped');
    assert.equal(world.sockets, 1);
  });

  it('pings twice per heartbeat and gives up on a silent connection', async () => {
    const { world, heardOf, statuses } = setUp();
    await world.advance(20_000);
    const pings = heardOf('ping').length;

    world.network(false);
    await world.advance(30_000);

    assert.equal(pings, 4);
    assert.ok(statuses.includes('offline'));
  });

  it('tries again at growing intervals while nobody answers', async () => {
    const { world } = setUp();
    world.network(false);

    await world.advance(60_000);

    const between = world.pauses.filter(ms => ms !== 10_000);
    assert.deepEqual(between.slice(0, 5), [0, 250, 500, 1000, 2000]);
  });

  it('refuses by itself what the server would hang up for, and goes on', async () => {
    const { board, world, server } = setUp({ frameBytes: 200 });
    await world.advance(0);

    const large = board.send(title('ä'.repeat(100)));
    const small = board.send(title('ok'));
    await world.settle();

    assert.equal(((await large) as { code?: string }).code, 'too-large');
    assert.deepEqual(await small, { outcome: 'accepted', version: 1, duplicate: false });
    assert.equal(server.document(NAME).version, 1);
  });

  it('refuses numbers that JSON cannot hold, and is deaf to later changes of what it was given', async () => {
    const { board, world, server } = setUp();
    await world.advance(0);
    const value = { text: 'as sent' };

    await assert.rejects(board.send(push(Number.NaN)), TypeError);
    const receipt = board.send([{ op: 'replace', path: '/title', value }]);
    value.text = 'later';
    await world.settle();

    assert.equal((await receipt).outcome, 'accepted');
    assert.deepEqual((server.document(NAME).doc as { title: Json }).title, { text: 'as sent' });
  });

  it('shows its own commands at once, on top of what is committed', async () => {
    const { board, world, join } = setUp();
    const other = join('bob').entity(NAME);
    const seen = follow(board);
    await world.advance(0);

    const receipt = board.send(push(1));
    const before = seen.at(-1);
    const theirs = other.send(push(2));
    await world.settle();
    const after = seen.at(-1);

    assert.deepEqual(
      [before?.doc, before?.draft, before?.pending],
      [{ title: 'old', list: [] }, { title: 'old', list: [1] }, 1],
    );
    assert.deepEqual([after?.doc, after?.pending], [{ title: 'old', list: [1, 2] }, 0]);
    assert.equal(after?.draft, after?.doc);
    assert.deepEqual([(await receipt).version, (await theirs).version], [1, 2]);
  });

  it('takes back what it showed when the command is refused', async () => {
    const { board, world } = setUp();
    const seen = follow(board);
    await world.advance(0);

    const receipt = board.send(title('mine'), { if: 99 });
    const shown = docTitle({ ...board.view(), doc: board.view().draft });
    await world.settle();

    assert.deepEqual([shown, (await receipt).outcome], ['mine', 'refused']);
    assert.deepEqual(seen.at(-1)?.draft, { title: 'old', list: [] });
  });

  it('takes commands while there is no connection, and does not wait when asked to retry', async () => {
    const { board, world, server, client } = setUp();
    const seen = follow(board);
    await world.advance(0);
    world.network(false);
    await world.advance(60_000);

    const receipt = board.send(push(1));
    const offline = seen.at(-1);
    world.network(true);
    client.retry();
    await world.advance(10_000);

    assert.deepEqual([offline?.status, offline?.pending], ['stale', 1]);
    assert.deepEqual([(await receipt).outcome, server.document(NAME).version], ['accepted', 1]);
  });

  it('sends everything again when frames came too fast', async () => {
    const { board, world, server } = setUp();
    await world.advance(0);
    server.passOver(2);

    const seen = follow(board);
    const receipt = board.send(push(1));
    await world.advance(1000);

    assert.deepEqual(
      [(await receipt).outcome, seen.at(-1)?.status, server.document(NAME).version],
      ['accepted', 'live', 1],
    );
  });

  it('finds the command the server cannot read, refuses it and brings the others through', async () => {
    const { board, client, world, server } = setUp({ indigestible: 'poison' });
    const seen = follow(board);
    await world.advance(0);

    const other = client.entity('board/other').send(push(7));
    const receipts = [push(1), title('poison'), push(2), title('also poison'), push(3)].map(ops => board.send(ops));
    await world.advance(60_000);

    const outcomes = (await Promise.all(receipts)).map(receipt => receipt.outcome);
    assert.deepEqual(outcomes, ['accepted', 'refused', 'accepted', 'refused', 'accepted']);
    assert.equal((await other).outcome, 'accepted');
    assert.deepEqual(server.document(NAME).doc, { title: 'old', list: [1, 2, 3] });
    assert.deepEqual([seen.at(-1)?.draft, seen.at(-1)?.pending], [server.document(NAME).doc, 0]);
    const later = board.send(push(4));
    await world.settle();
    assert.equal((await later).outcome, 'accepted');
  });

  it('numbers its commands anew for an entity that has forgotten it', async () => {
    const { board, world, server } = setUp();
    await world.advance(0);
    await Promise.all([board.send(push(1)), world.settle()]);
    server.forget(NAME);

    const receipts = [2, 3, 4].map(n => board.send(push(n)));
    await world.advance(1000);

    assert.deepEqual(
      (await Promise.all(receipts)).map(receipt => receipt.outcome),
      ['accepted', 'accepted', 'accepted'],
    );
    assert.deepEqual((server.document(NAME).doc as { list: Json }).list, [1, 2, 3, 4]);
  });

  it('does not hammer a server that hangs up right after the welcome', async () => {
    const { world, server } = setUp();
    for (let i = 0; i < 6; i += 1) {
      await world.advance(i === 0 ? 0 : 10_000);
      server.goAway('overloaded', 0);
      server.hangUp();
      await world.settle();
    }

    const between = world.pauses.filter(ms => ms !== 10_000 && ms !== 5000);
    assert.ok(world.sockets <= 8, `${world.sockets} sockets`);
    assert.ok((between.at(-1) ?? 0) <= 250);
  });

  it('shows why an entity cannot be observed', async () => {
    const { client, world } = setUp({ kinds: ['board'] });
    const seen = follow(client.entity('bord/welcome'));

    await world.advance(0);

    assert.deepEqual([seen.at(-1)?.status, seen.at(-1)?.error?.code], ['closed', 'unknown-kind']);
  });

  it('closes what nobody listens to any more', async () => {
    const { board, world, heardOf } = setUp();
    const stop = board.subscribe(() => {});
    const stopToo = board.subscribe(() => {});
    await world.advance(0);

    stop();
    stop();
    const still = heardOf('close').length;
    stopToo();
    await world.settle();

    assert.deepEqual([still, heardOf('close').length, board.view().status], [0, 1, 'stale']);
  });
});

describe('whatever happens to the network', () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    it(`everyone ends with the same document and every command counts once, in order (seed ${seed})`, async () => {
      const chance = randomOf(seed);
      const { world, server, join, client } = setUp({ inFlight: 4 });
      const boards = [client, join('bob'), join('eve')].map(one => one.entity(NAME));
      const views = boards.map(follow);
      const receipts: Promise<unknown>[] = [];
      const troubles = [
        () => world.network(chance() < 0.5),
        () => world.deaf(chance() < 0.5),
        () => server.hangUp(),
        () => server.dropCommands(2),
        () => server.passOver(2),
        () => server.unavailable(chance() < 0.5),
        () => server.goAway('draining', 300),
      ];

      for (let step = 0; step < 40; step += 1) {
        const who = Math.floor(chance() * boards.length);
        receipts.push(boards[who]?.send(push(who * 1000 + step)) as Promise<unknown>);
        if (chance() < 0.4) troubles[Math.floor(chance() * troubles.length)]?.();
        await world.advance(chance() < 0.5 ? 0 : chance() * 8000);
      }
      world.network(true);
      world.deaf(false);
      server.dropCommands(0);
      server.passOver(0);
      server.unavailable(false);
      server.hangUp();
      await world.advance(120_000);
      await Promise.all(receipts);

      const { list } = server.document(NAME).doc as { list: number[] };
      assert.equal(new Set(list).size, 40, 'every command took effect');
      assert.equal(list.length, 40, 'none twice');
      for (const who of [0, 1, 2]) {
        const own = list.filter(n => Math.floor(n / 1000) === who);
        assert.deepEqual(
          own,
          [...own].sort((a, b) => a - b),
          'each client’s in order',
        );
      }
      for (const seen of views) {
        const last = seen.at(-1);
        assert.deepEqual(
          [last?.doc, last?.draft, last?.status],
          [{ title: 'old', list }, { title: 'old', list }, 'live'],
        );
      }
    });
  }
});

/** A small repeatable source of chance (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

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
