import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'vitest';
import type { Inspected } from '../src/api.js';
import { NAME, setUp, title } from './setup.js';

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
