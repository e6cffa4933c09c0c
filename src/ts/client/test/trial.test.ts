import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { connectIn } from '../src/connect.js';
import { createSession } from '../src/session.js';
import { createTokens } from '../src/tokens.js';
import { createFakeServer, type FakeOptions } from './fake-server.js';
import { delayed } from './lag.js';
import { follow, listOf, NAME, outcomeOf, push, setUp, title } from './setup.js';
import { createWorld } from './world.js';

/** A client far from a server that hangs up on frames with `poison` in them. */
function farAway(options: FakeOptions = {}) {
  const server = createFakeServer({
    ...{ initial: { board: { title: 'old', list: [] } }, now: () => 5000, indigestible: 'poison' },
    ...options,
  });
  const world = createWorld(server);
  const client = connectIn(
    delayed(world, world.page(), () => 50),
    { url: 'ws://test', token: 'ada' },
  );
  const board = client.entity(NAME);
  follow(board);
  return { server, world, client, board };
}

describe('what the server cannot read', () => {
  it('if it is what we tell of ourselves, no command is blamed for, and it is not told again', async () => {
    const { board, client, server, world } = farAway();
    await world.advance(10_000);
    server.unavailable(true);
    const changes = [1, 2, 3, 4].map(n => board.patch(push(n)));
    await world.advance(1000);
    board.presence.set({ typing: 'poison' });
    await world.advance(1000);
    server.unavailable(false);
    await world.advance(120_000);

    const outcomes = await Promise.all(changes.map(({ receipt }) => outcomeOf(receipt)));
    assert.deepEqual(outcomes, Array(4).fill('accepted'));
    assert.deepEqual(listOf(server.document(NAME).doc), [1, 2, 3, 4]);
    assert.ok(world.sockets < 5, `${world.sockets} sockets`);
    assert.equal(client.status, 'online');
    board.presence.set({ typing: 'hi' });
    await world.advance(1000);
    assert.deepEqual(server.heard.at(-1), { t: 'present', entity: NAME, data: { typing: 'hi' } });
  });

  it('is found though another entity gives no answers', async () => {
    const { board, client, world } = farAway({ admit: entity => entity !== 'board/full' });
    await world.advance(0);
    client.entity('board/full').patch(push(1));
    await world.advance(1000);

    const [bad, good] = [board.patch(title('poison')), client.entity('board/other').patch(push(1))];
    await world.advance(60_000);
    const later = board.patch(push(2));
    await world.advance(60_000);

    const outcomes = [bad, good, later].map(({ receipt }) => outcomeOf(receipt));
    assert.deepEqual(await Promise.all(outcomes), ['too-deep', 'accepted', 'accepted']);
  });

  it('is not sent, where the client can know', async () => {
    const { board, client, server, world } = setUp();
    follow(board);
    await world.advance(0);
    const half = '\ud83d';

    board.presence.set({ [half]: `\\${half} \\ud83d ${half}😀` });
    const { receipt } = board.update(d => Object.assign(d as object, { [half]: `\\\\${half}`, title: '\\ud83d😀' }));
    await world.settle();

    await receipt;
    assert.deepEqual(server.document(NAME).doc, { '\ufffd': '\\\\\ufffd', list: [], title: '\\ud83d😀' });
    assert.deepEqual(board.get().value, server.document(NAME).doc);
    const [told] = server.heard.filter(({ t }) => t === 'present');
    assert.deepEqual(told, { t: 'present', entity: NAME, data: { '\ufffd': '\\\ufffd \\ud83d \ufffd😀' } });
    assert.throws(() => client.entity(`board/${half}`), { name: 'TypeError' });
    for (const version of [null, -1, 1.5, Number.NaN])
      assert.throws(
        () => board.patch(push(1), { if: version as never }),
        /^TypeError: if: .* \(expected: a version\)$/,
      );
    assert.equal(board.canUndo, true);
    assert.equal(client.pending().length, 0);
  });
});

describe('a session', () => {
  it('opens what was one too many when there is room', async () => {
    const { client, world } = setUp({ open: 1 });
    const one = client.entity('board/one').subscribe(() => {});
    await world.advance(0);
    const two = client.entity('board/two');
    follow(two);
    await world.advance(10_000);
    const before = [two.get().status, two.get().error?.code];

    one();
    await world.advance(2000);

    assert.deepEqual(before, ['closed', 'limit']);
    assert.deepEqual([two.get().status, two.get().error], ['live', undefined]);
  });

  it('opens nothing of a page that is left, and what is left of another when the server makes room', async () => {
    const { client, world, server, heardOf } = setUp({ open: 5 });
    const many = Array.from({ length: 50 }, (_, i) => client.entity(`board/e${i}`).subscribe(() => {}));
    await world.advance(5000);
    const before = heardOf('open').length;
    for (const leave of many) leave();
    await world.advance(5000);

    assert.equal(heardOf('open').length, before);
    const six = Array.from({ length: 6 }, (_, i) => client.entity(`board/f${i}`));
    for (const one of six) follow(one);
    await world.advance(1000);
    const crowded = six.filter(one => one.get().error?.code === 'limit').map(({ name }) => name);
    server.close('board/f0', 'forbidden');
    await world.advance(1000);

    assert.deepEqual(crowded, ['board/f5']);
    assert.equal(six[5]?.get().status, 'live');
  });

  for (const [code, status] of [
    ['draining', 'draining'],
    ['revoked', 'connecting'],
  ] as const)
    it(`that is sent away (${code}) before it is known whose it is, is not online afterwards`, async () => {
      const server = createFakeServer({ now: () => 5000 });
      const world = createWorld(server);
      const statuses: string[] = [];
      let admit: (is: boolean) => void = () => {};
      createSession('ws://x', createTokens('ada'), world.page(), {
        client: async () => 'c',
        number: async () => [],
        admits: () =>
          new Promise(resolve => {
            admit = resolve;
          }),
        position: () => undefined,
        news(news) {
          if (news.m === 'info') statuses.push(news.info.status);
          return false;
        },
        traffic: undefined,
      });
      await world.advance(100);
      server.goAway(code, 5000);
      await world.settle();

      admit(true);
      await world.settle();

      assert.equal(statuses.at(-1), status);
    });

  it('does not come back every second while it cannot be known whose it is', async () => {
    const world = createWorld(createFakeServer({ now: () => 5000 }));
    createSession('ws://x', createTokens('ada'), world.page(), {
      client: async () => 'c',
      number: async () => [],
      admits: async () => Promise.reject(new Error('full')),
      position: () => undefined,
      news: () => false,
      traffic: undefined,
    });

    await world.advance(60_000);

    assert.ok(world.sockets > 3 && world.sockets < 20, `${world.sockets}`);
  });
});
