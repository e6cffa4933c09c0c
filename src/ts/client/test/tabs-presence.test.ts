import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { connectIn } from '../src/connect.js';
import { NAME, openAll, setUp, type Tab } from './several.js';

for (const locks of [true, false]) {
  describe(`what pages of one account tell of themselves, ${locks ? 'with' : 'without'} locks`, () => {
    it('hear presence, whoever leads, and tell one of their own', async () => {
      const { world, open, server } = setUp(locks);
      const bob = connectIn(world.page(), { url: 'ws://test', token: 'bob' });
      bob.entity(NAME).subscribe(() => {});
      bob.entity(NAME).presence.set('bob is here');
      const [one, two] = (await openAll(world, open, 2)) as [Tab, Tab];
      one.board.presence.subscribe(() => {});
      await world.settle();

      two.board.presence.subscribe(() => {});
      two.board.presence.set('ada is here' as never);
      await world.settle();

      assert.deepEqual(
        two.board.presence.get().map(({ data }) => data),
        ['bob is here'],
      );
      assert.deepEqual(
        one.board.presence.get().map(({ data }) => data),
        ['bob is here'],
      );
      assert.equal(server.heard.filter(({ t }) => t === 'present').length, 2);
    });

    it('tell of themselves what they said before anybody led, and again when another leads', async () => {
      const { world, open, server } = setUp(locks);
      const told = () => server.heard.flatMap(frame => (frame.t === 'present' ? [frame.data] : []));
      const one = open();
      one.board.presence.set('one' as never);
      await world.advance(3_000);
      assert.deepEqual(told(), ['one']);
      const two = open();
      two.board.presence.set('two' as never);
      await world.advance(3_000);

      one.page.kill();
      await world.advance(10_000);

      assert.deepEqual(told(), ['one', 'two', 'two']);
    });

    it('tell one thing of themselves: the newest, until its page takes it back or is gone', async () => {
      const { world, open } = setUp(locks);
      const bob = connectIn(world.page(), { url: 'ws://test', token: 'bob' }).entity(NAME);
      bob.presence.subscribe(() => {});
      const told = () => bob.presence.get().map(({ data }) => data);
      const [one, two, three] = (await openAll(world, open, 3)) as [Tab, Tab, Tab];
      const seen: unknown[] = [];
      for (const [tab, data] of [
        [one, 'one'],
        [two, 'two'],
        [three, 'three'],
        [two, null],
      ] as const) {
        tab.board.presence.set(data as never);
        await world.settle();
        seen.push(told());
      }

      await three.client.close();
      await world.settle();
      seen.push(told());
      two.board.presence.set('two' as never);
      await world.settle();
      two.page.kill();
      await world.advance(400_000);
      seen.push(told());

      assert.deepEqual(seen, [['one'], ['two'], ['three'], ['three'], ['one'], ['one']]);
    });
  });
}
