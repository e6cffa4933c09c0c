import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'vitest';
import type { Inspected } from '../src/api.js';
import { NAME, setUp, title, titleOf } from './setup.js';

/** What applications hang into the client may be as wrong as it likes. */
describe('what throws', () => {
  const reported: unknown[] = [];
  const note = (error: Error) => reported.push(error.message);
  let others: NodeJS.UncaughtExceptionListener[];
  beforeEach(() => {
    reported.length = 0;
    others = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', note);
  });
  afterEach(() => {
    process.off('uncaughtException', note);
    for (const other of others) process.on('uncaughtException', other);
  });

  const fail = () => {
    throw new Error('mine');
  };

  it('in onFrame or devtools is reported, and keeps nothing from anybody', async () => {
    const devtools = (page: Inspected) => page.onChange(fail);
    const { board, client, world } = setUp({}, { onFrame: fail, devtools });
    board.subscribe(() => {});
    await world.advance(0);

    const change = board.patch(title('new'));
    await world.settle();

    assert.equal((await change.receipt).version, 1);
    assert.deepEqual([client.status, board.get().status], ['online', 'live']);
    await new Promise(setImmediate);
    assert.ok(reported.length > 3 && reported.every(message => message === 'mine'), String(reported));
  });
});

describe('what is no name', () => {
  it('is refused, and harms nobody', async () => {
    const { client, board, server, world } = setUp();
    board.subscribe(() => {});
    await world.advance(0);

    for (const name of [undefined, null, 7, {}])
      for (const named of [client.entity, client.local])
        assert.throws(() => named(name as never), { name: 'TypeError', message: /: .* \(expected: its name\)$/ });
    server.hangUp();
    const change = board.patch(title('new'));
    await world.advance(60_000);

    assert.equal((await change.receipt).version, 1);
    assert.deepEqual([client.status, board.get().status, NAME], ['online', 'live', board.name]);
    await client.close();
  });
});

describe('listeners', () => {
  it('hear of nothing older than what one of them has made of it', async () => {
    const { board, world } = setUp();
    await world.advance(0);
    board.subscribe(({ value }) => titleOf(value) === 'a' && board.patch(title('b')));
    const told: unknown[] = [];
    board.subscribe(({ value }) => told.push(titleOf(value)));
    await world.advance(0);

    board.patch(title('a'));

    assert.deepEqual([titleOf(board.get().value), told.at(-1)], ['b', 'b']);
  });

  it('that one of them has removed hear nothing more', async () => {
    const { board, world } = setUp();
    let late = 0;
    let stop = () => {};
    board.subscribe(() => stop());
    stop = board.subscribe(() => {
      late += 1;
    });

    await world.advance(0);

    assert.equal(late, 0);
  });

  it('of presence hear nothing of what they tell themselves', async () => {
    const { board, world, join } = setUp();
    const other = join('bob').entity(NAME);
    other.presence.subscribe(() => {});
    other.presence.set({ x: 0 });
    let told = 0;
    board.presence.subscribe(() => {
      told += 1;
    });
    await world.advance(0);
    const [before, was] = [told, board.presence.get()];

    for (let x = 0; x < 5; x += 1) {
      board.presence.set({ x });
      await world.settle();
    }

    assert.deepEqual([told - before, was.length], [0, 1]);
    assert.equal(board.presence.get(), was);
  });

  it('whose selector throws observe nothing', async () => {
    const { client, board, world, heardOf } = setUp();
    const stop = board.subscribe(() => {});
    await world.advance(0);
    const wrong = client.entity<{ nothing: { here: number } }>(NAME).select(doc => doc.nothing.here);

    assert.throws(() => wrong.subscribe(() => {}));
    stop();
    await world.advance(5000);

    assert.equal(heardOf('close').length, 1);
  });
});
