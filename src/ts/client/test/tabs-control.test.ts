import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { openAll, openTab, push, setUp, type Tab } from './several.js';

for (const locks of [true, false]) {
  describe(`what one page of an account is told for all, ${locks ? 'with' : 'without'} locks`, () => {
    it('use the newest token any of them has', async () => {
      const { world, device, listAt } = setUp(locks, { badTokens: ['ada#old'] });
      const one = openTab(device, locks, 'ada#old');
      await world.advance(5000);
      const other = openTab(device, locks, () => 'ada#new');
      await world.advance(5000);

      const change = push(other, 1);
      await world.advance(20_000);

      await change.receipt;
      assert.deepEqual([one.client.status, other.client.status, listAt()], ['online', 'online', [1]]);
    });

    it('do not hurry where every token of theirs is refused', async () => {
      const none = { includes: () => true } as unknown as string[];
      const { world, device } = setUp(locks, { badTokens: none });
      let n = 0;
      for (let i = 0; i < 3; i += 1) {
        openTab(device, locks, () => `ada#${n++}`);
        await world.advance(1000);
      }

      await world.advance(60_000);

      assert.ok(world.sockets < 20, `${world.sockets} connections in a minute`);
    });

    it('are all without a connection while one of them says so', async () => {
      const { world, open } = setUp(locks);
      const [one, two] = (await openAll(world, open, 2)) as [Tab, Tab];

      two.client.pause();
      await world.settle();
      const paused = [one.client.status, two.client.status];
      one.client.resume();
      await world.advance(100);

      assert.deepEqual([paused, one.client.status, two.client.status], [['offline', 'offline'], 'online', 'online']);
    });

    it('all know that they are paused, those that come later too, and whoever leads', async () => {
      const { world, open } = setUp(locks);
      const tabs = [...(await openAll(world, open, 2))] as [Tab, Tab];
      const paused = () => tabs.map(({ client }) => client.connection.get().paused);
      const before = paused();

      tabs[1].client.pause();
      await world.settle();
      tabs.push(...(await openAll(world, open, 1)));
      const during = paused();
      tabs.shift()?.page.kill();
      await world.advance(30_000);
      const under = [...paused(), ...tabs.map(({ client }) => client.status)];
      tabs[0].client.resume();
      await world.advance(100);

      assert.deepEqual(
        [before, during],
        [
          [false, false],
          [true, true, true],
        ],
      );
      assert.deepEqual(under, [true, true, 'offline', 'offline']);
      assert.deepEqual(paused(), [false, false]);
    });
  });
}
