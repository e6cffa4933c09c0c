import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { openCache } from '../src/cache.js';
import { STORE, setUp as setUpKept } from './kept.js';
import { follow, NAME, setUp } from './setup.js';

const closed = (code: string) => JSON.stringify({ t: 'closed', entity: NAME, code, detail: 'test' });

describe('an entity the server closes', () => {
  for (const code of ['quarantined', 'unavailable', 'overloaded'])
    it(`for a moment is opened again: ${code}`, async () => {
      const { board, world, server } = setUp();
      follow(board);
      await world.advance(0);

      server.babble(closed(code));
      await world.settle();
      const before = board.get().status;
      await world.advance(5000);

      assert.deepEqual([before, board.get().status], ['stale', 'live']);
    });

  it('for it may not be read any more is not kept either, not even the version that waited to be', async () => {
    const { open, push, world, server, device } = setUpKept();
    const { board } = open();
    await world.advance(5000);
    push(board, 1);
    await world.settle();

    server.babble(closed('forbidden'));
    await world.advance(5000);

    const cache = await openCache(device.page().surroundings, `${STORE}:cache`);
    assert.equal(await cache.load(NAME), undefined);
  });
});
