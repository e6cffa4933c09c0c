import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { connectIn } from '../src/connect.js';
import type { Locks } from '../src/surroundings.js';
import { NAME, openAll, push, setUp, type Tab } from './several.js';

for (const locks of [true, false]) {
  describe(`pages of one account, ${locks ? 'with' : 'without'} locks`, () => {
    it('share one connection, and see and write the same', async () => {
      const { world, open, listAt, hellos } = setUp(locks);
      const tabs = await openAll(world, open, 3);

      const changes = tabs.map((tab, i) => push(tab, i));
      await world.settle();

      await Promise.all(changes.flatMap(({ durable, receipt }) => [durable, receipt]));
      assert.equal(hellos(), 1);
      assert.deepEqual([...listAt()].sort(), [0, 1, 2]);
      for (const { board, client } of tabs) {
        assert.deepEqual([board.get().value?.list, board.get().status, board.get().pending], [listAt(), 'live', 0]);
        assert.equal(client.status, 'online');
      }
      assert.deepEqual(
        tabs.map(({ client }) => client.connection.get().leader),
        [true, false, false],
      );
    });

    it('show what another page has not sent yet', async () => {
      const { world, open } = setUp(locks);
      const [one, two] = (await openAll(world, open, 2)) as [Tab, Tab];
      world.network(false);
      await world.advance(40_000);

      push(two, 1);
      await world.settle();

      assert.deepEqual(
        [one.board.get().value?.list, one.board.get().pending, one.client.pending().length],
        [[1], 1, 1],
      );
    });

    it('go on when the one that leads is closed, killed or frozen', async () => {
      for (const how of ['close', 'kill', 'freeze'] as const) {
        const { world, open, listAt } = setUp(locks);
        const [one, two, three] = (await openAll(world, open, 3)) as [Tab, Tab, Tab];
        push(one, 1);
        await world.settle();

        if (how === 'close') await one.client.close();
        else one.page[how]();
        const changes = [push(two, 2), push(three, 3)];
        await world.advance(30_000);

        await Promise.all(changes.map(({ receipt }) => receipt));
        assert.deepEqual([...listAt()].sort(), [1, 2, 3], how);
        assert.deepEqual([two.board.get().value?.list, three.board.get().value?.list], [listAt(), listAt()], how);
        assert.equal([two, three].filter(({ client }) => client.connection.get().leader).length, 1, how);
      }
    });

    it('notice a leader that says nothing within a few seconds', async () => {
      const { world, open, listAt } = setUp(locks);
      const [one, two] = (await openAll(world, open, 2)) as [Tab, Tab];

      one.page.freeze();
      push(two, 1);
      await world.advance(5000);

      assert.deepEqual(listAt(), [1]);
    });

    if (locks)
      it('have a leader again when the one that deposed it is frozen before it has said a word', async () => {
        const { world, open, device, listAt } = setUp();
        const [one] = (await openAll(world, open, 1)) as [Tab];
        const page = device.page();
        let stolen = false;
        const request: Locks['request'] = (name, options, hold) =>
          (page.surroundings.locks as Locks).request(name, options, () => {
            if (!options.steal) return hold();
            stolen = true;
            page.freeze();
            return new Promise(() => {});
          });
        const surroundings = { ...page.surroundings, locks: { request } };
        connectIn(surroundings, { url: 'ws://test', token: 'ada' })
          .entity(NAME)
          .subscribe(() => {});
        await world.advance(3000);

        one.page.freeze();
        await world.advance(10_000);
        assert.ok(stolen);
        one.page.thaw();
        const change = push(one, 1);
        await world.advance(20_000);

        await change.receipt;
        assert.deepEqual([listAt(), one.client.connection.get().leader], [[1], true]);
      });

    it('have one leader when a frozen one comes back, and it sends and numbers nothing any more', async () => {
      const { world, open, listAt, server } = setUp(locks);
      const [one, two] = (await openAll(world, open, 2)) as [Tab, Tab];
      await world.advance(1000);
      one.page.freeze();
      push(two, 1);
      await world.advance(10_000);

      const before = server.heard.length;
      const late = push(one, 2);
      one.page.thaw();
      await world.advance(10_000);

      await late.receipt;
      assert.deepEqual(listAt(), [1, 2]);
      assert.deepEqual([one.client.connection.get().leader, two.client.connection.get().leader], [false, true]);
      assert.deepEqual([one.board.get().value?.list, one.board.get().status], [[1, 2], 'live']);
      assert.deepEqual(
        server.heard.slice(before).filter(({ t }) => t === 'hello'),
        [],
      );
    });

    it('do not wait for ever for a receipt that only the one has heard that is gone now', async () => {
      const { world, open, listAt } = setUp(locks);
      const tabs = (await openAll(world, open, 3)) as [Tab, Tab, Tab];
      const [one, ...others] = tabs;
      one.page.mute();
      const changes = others.map((tab, i) => push(tab, i));
      await world.settle();
      assert.equal(listAt().length, 2);

      one.page.kill();
      await world.advance(20_000);

      for (const { receipt } of changes) await assert.rejects(receipt, { code: 'unavailable' });
      for (const { board, client } of others) {
        assert.deepEqual([board.get().value?.list, board.get().status, client.pending()], [listAt(), 'live', []]);
      }
    });

    it('are forgotten when they say nothing for long, and remembered when they come back', async () => {
      const { world, open, server } = setUp(locks);
      const [one, two] = (await openAll(world, open, 2)) as [Tab, Tab];
      const other = two.client.entity('board/other');
      other.subscribe(() => {});
      await world.settle();

      two.page.freeze();
      await world.advance(400_000);
      const closed = server.heard.filter(frame => frame.t === 'close' && frame.entity === 'board/other').length;
      two.page.thaw();
      await world.advance(10_000);

      assert.deepEqual([closed, other.get().status, one.client.connection.get().leader], [1, 'live', true]);
      await two.client.close();
      await world.settle();
      assert.equal(server.heard.filter(frame => frame.t === 'close' && frame.entity === 'board/other').length, 2);
    });

    it('are served again when they come back, whatever they say first', async () => {
      const { world, open, server } = setUp(locks);
      const [, two] = (await openAll(world, open, 2)) as [Tab, Tab];
      const other = two.client.entity('board/other');
      other.subscribe(() => {});
      await world.settle();

      two.page.freeze();
      await world.advance(400_000);
      two.client.entity('board/third').subscribe(() => {});
      await world.settle();
      two.page.thaw();
      await world.advance(10_000);
      const bob = connectIn(world.page(), { url: 'ws://test', token: 'bob' });
      bob.entity('board/other').set({ title: 'new' });
      await world.advance(1000);

      assert.deepEqual([other.get().status, other.get().value], ['live', server.document('board/other').doc]);
      assert.deepEqual(other.get().value, { title: 'new' });
    });

    it('do not tell their listeners what they know already', async () => {
      const { world, open } = setUp(locks);
      const [, two] = (await openAll(world, open, 2)) as [Tab, Tab];
      let told = 0;
      two.client.connection.subscribe(() => {
        told += 1;
      });

      await world.advance(4_000);

      assert.equal(told, 0);
    });

    it('reach the server again when the one that leads is out of sight, and its timers are held back', async () => {
      const { world, device, open, server } = setUp(locks);
      const page = device.page();
      let hidden = false;
      const after: typeof page.surroundings.after = (ms, run) =>
        page.surroundings.after(hidden ? Math.max(ms, 60_000) : ms, run);
      const surroundings = { ...page.surroundings, after, ...(locks ? {} : { locks: undefined }) };
      connectIn(surroundings, { url: 'ws://test', token: 'ada' });
      await world.advance(3000);
      const two = open();
      await world.advance(3000);

      hidden = true;
      await world.advance(70_000);
      server.hangUp();
      await world.advance(10_000);

      assert.equal(two.client.status, 'online');
    });

    it('have nothing to do with what only another one has opened', async () => {
      const { world, device, open } = setUp(locks);
      const [one] = (await openAll(world, open, 1)) as [Tab];
      const page = device.page();
      let documents = (): object => ({});
      connectIn(locks ? page.surroundings : { ...page.surroundings, locks: undefined }, {
        ...{ url: 'ws://test', token: 'ada' },
        devtools: inspected => {
          documents = inspected.documents;
        },
      });
      await world.advance(3000);

      const change = push(one, 1);
      await world.advance(3000);

      await change.receipt;
      assert.deepEqual(Object.keys(documents()), [NAME]);
      one.client.entity('board/large').subscribe(() => {});
      await world.advance(3000);
      assert.deepEqual(Object.keys(documents()), [NAME]);
    });
  });
}
