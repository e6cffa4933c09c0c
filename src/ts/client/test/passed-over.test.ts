import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { connectIn } from '../src/connect.js';
import { createFakeServer, type FakeServer } from './fake-server.js';
import { delayed } from './lag.js';
import { follow, listOf, NAME, outcomeOf, push, title } from './setup.js';
import { createWorld } from './world.js';

/** A client far from a server that hangs up on `poison`, and passes over the first frame with these words of the second connection. */
function farAway(passedOver?: string) {
  const server = createFakeServer({
    ...{ initial: { board: { title: 'old', list: [] } }, now: () => 5000, indigestible: 'poison' },
  });
  let lines = 0;
  let over = 0;
  const accept: FakeServer['accept'] = mouth => {
    const line = server.accept(mouth);
    lines += 1;
    const own = lines;
    return {
      ...line,
      hear(text) {
        if (own === 2 && over === 0 && passedOver !== undefined && text.includes(passedOver)) {
          over += 1;
          server.passOver(1);
        }
        line.hear(text);
      },
    };
  };
  const world = createWorld({ ...server, accept });
  const client = connectIn(
    delayed(world, world.page(), () => 50),
    { url: 'ws://test', token: 'ada' },
  );
  const board = client.entity(NAME);
  follow(board);
  return { server, world, client, board, passed: () => over };
}

const late = (entity: string) =>
  JSON.stringify({ t: 'error', code: 'bad-frame', detail: 'entity: not open', re: 'present', entity });

describe('what we tell of ourselves after the end of an observation', () => {
  it('blames no command, and silences nobody elsewhere', async () => {
    const { server, world, board, client } = farAway();
    follow(client.entity('board/room'));
    board.presence.set({ at: 'board' });
    await world.advance(10_000);
    const changes = [1, 2, 3].map(n => board.patch(push(n)));
    server.babble(JSON.stringify({ t: 'closed', entity: 'board/room', code: 'forbidden', detail: 'access' }));
    for (let n = 0; n < 3; n += 1) server.babble(late('board/room'));
    await world.advance(60_000);
    client.reconnect();
    await world.advance(10_000);

    const outcomes = await Promise.all(changes.map(({ receipt }) => outcomeOf(receipt)));
    assert.deepEqual(outcomes, Array(3).fill('accepted'));
    assert.equal(server.heard.filter(({ t }) => t === 'present').length, 2);
  });
});

describe('while the unreadable command is sought', () => {
  for (const [what, words] of [
    ['the ping behind one', '"n":-1'],
    ['the command itself', 'poison'],
  ] as const) {
    it(`${what} may be passed over, for it came too fast`, async () => {
      const { server, world, board, client, passed } = farAway(words);
      await world.advance(10_000);
      server.unavailable(true);
      const others = [1, 2, 3].map(n => client.entity(`board/other${n}`).patch(push(n)));
      await world.advance(300);
      const bad = client.entity('board/z').patch(title('poison'));
      const behind = [1, 2, 3].map(n => client.entity(`board/zz${n}`).patch(push(n)));
      await world.advance(300);
      server.unavailable(false);
      await world.advance(120_000);
      const later = board.patch(push(9));
      await world.advance(60_000);

      const outcomes = [bad, ...others, ...behind, later].map(({ receipt }) => outcomeOf(receipt));
      assert.deepEqual(await Promise.all(outcomes), ['too-deep', ...Array(7).fill('accepted')]);
      assert.equal(passed(), 1);
    });
  }

  it('those behind it need not wait for long', async () => {
    const { server, world, board } = farAway();
    await world.advance(10_000);

    const changes = [board.patch(title('poison')), board.patch(push(1)), board.patch(push(2))];
    await world.advance(3000);

    const outcomes = changes.map(({ receipt }) => outcomeOf(receipt));
    assert.deepEqual(await Promise.all(outcomes), ['too-deep', 'accepted', 'accepted']);
    assert.deepEqual(listOf(server.document(NAME).doc), [1, 2]);
  });
});
