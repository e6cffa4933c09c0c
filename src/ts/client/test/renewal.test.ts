import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { setUp } from './setup.js';
import { START } from './world.js';

/** A token that ends at that time, in milliseconds since 1970. */
const tokenUntil = (ms: number) => `x.${btoa(JSON.stringify({ sub: 'ada', exp: ms / 1000 }))}.y`;

describe('a token that ends', () => {
  it('is renewed again and again, though its source fails now and then', async () => {
    let asked = 0;
    const token = () => {
      asked += 1;
      if (asked === 3) throw new Error('no');
      return tokenUntil(world.now() + 100_000 + asked);
    };
    const { world, heardOf } = setUp({ now: () => world.now() }, { token });

    await world.advance(500_000);

    assert.ok(heardOf('refresh').length >= 4, `${heardOf('refresh').length} times`);
    assert.equal(heardOf('hello').length, 1);
  });

  for (const [clock, ahead] of [
    ['ahead of ours', 120_000],
    ['behind ours', -60_000],
  ] as const)
    it(`is renewed in time by the server’s clock, which is ${clock}`, async () => {
      let asked = 0;
      const now = () => world.now() + ahead;
      const token = () => {
        asked += 1;
        return tokenUntil(START + ahead + 200_000 + asked);
      };
      const { world, heardOf } = setUp({ now }, { token });

      await world.advance(155_000);
      const early = heardOf('refresh').length;
      await world.advance(10_000);

      assert.deepEqual([early, heardOf('refresh').length], [0, 1]);
    });

  it('is not asked for all the time where there is no newer one', async () => {
    let asked = 0;
    const token = () => {
      asked += 1;
      // Or it would go on for ever.
      return tokenUntil(START + (asked > 500 ? 9_000_000 : 100_000));
    };
    const { world } = setUp({ now: () => world.now() }, { token });

    await world.advance(130_000);

    assert.ok(asked < 100, `${asked} times`);
  });
});

describe('a client that is paused while it waits for a token', () => {
  it('connects once when it goes on', async () => {
    const token = () => new Promise<string>(resolve => world.after(1000, () => resolve('ada')));
    const { client, world } = setUp({}, { token });
    await world.advance(100);

    client.pause();
    await world.settle();
    client.resume();
    await world.advance(5000);

    assert.deepEqual([client.status, world.sockets], ['online', 1]);
  });
});
