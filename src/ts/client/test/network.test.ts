import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { randomOf } from './chance.js';
import { follow, listOf, NAME, push, setUp } from './setup.js';

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
        receipts.push(boards[who]?.patch(push(who * 1000 + step)).receipt as Promise<unknown>);
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

      const list = listOf(server.document(NAME).doc);
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
          [last?.value, last?.confirmed, last?.status],
          [{ title: 'old', list }, { title: 'old', list }, 'live'],
        );
        for (const { value } of seen)
          if (value !== null) assert.equal(new Set(listOf(value)).size, listOf(value).length, 'nothing shows twice');
      }
    });
  }
});
