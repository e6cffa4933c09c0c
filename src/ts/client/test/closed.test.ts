import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { connectIn } from '../src/connect.js';
import type { Channel } from '../src/surroundings.js';
import { cramped } from './failing.js';
import { NAME, openAll, push, setUp, type Tab } from './several.js';

describe('a page that is closed', () => {
  it('says nothing more to others, and hears nothing more', async () => {
    const { world, open, device } = setUp();
    const [one] = (await openAll(world, open, 1)) as [Tab];
    const page = device.page();
    const channels = new Map<string, boolean>();
    const channel = (name: string): Channel => {
      const line = page.surroundings.channel?.(name) as Channel;
      channels.set(name, true);
      const close = line.close.bind(line);
      line.close = () => {
        channels.set(name, false);
        close();
      };
      return line;
    };
    const client = connectIn({ ...page.surroundings, channel }, { url: 'ws://test', token: 'ada' });
    const board = client.entity(NAME);
    board.subscribe(() => {});
    client.local('ui', { persist: true });
    await world.advance(3000);

    push(one, 1);
    await world.advance(100);
    board.patch([{ op: 'add', path: '/list/-', value: 2 }]);
    await client.close();
    await world.advance(10_000);
    const pauses = world.pauses.length;
    client.local('late', { persist: true });
    await world.advance(10_000);

    assert.deepEqual([...channels.values()], [false, false]);
    assert.ok(world.pauses.length - pauses < 20);
  });
});

describe('a page whose leader has left', () => {
  it('does not say that it is live while it cannot lead itself', async () => {
    const { world, device, open, server } = setUp();
    const [one] = (await openAll(world, open, 1)) as [Tab];
    const page = device.page();
    const room = { there: true, byClearing: false };
    const storage = cramped(page.surroundings.storage as IDBFactory, ['meta'], room);
    const client = connectIn({ ...page.surroundings, storage }, { url: 'ws://test', token: 'ada' });
    const board = client.entity(NAME);
    board.subscribe(() => {});
    await world.advance(3000);

    room.there = false;
    void one.client.close();
    await world.advance(60_000);
    const [status, seen] = [client.status, board.get().status];
    room.there = true;
    await world.advance(10_000);

    assert.deepEqual([status, seen], ['offline', 'stale']);
    assert.deepEqual([client.status, board.get().status], ['online', 'live']);
    assert.ok(server.heard.length > 0);
  });

  it('is led by a token of another tab, where its own never comes', async () => {
    const { world, device } = setUp();
    let asked = 0;
    const never = () => {
      asked += 1;
      return asked === 1 ? 'ada' : new Promise<string>(() => {});
    };
    const [one, two] = [never, 'ada'].map(token =>
      connectIn(device.page().surroundings, { url: 'ws://test', token, account: 'ada' }),
    );
    await world.advance(5000);
    assert.equal(one?.connection.get().leader, true);

    one?.reconnect();
    const change = two?.entity(NAME).patch([{ op: 'add', path: '/list/-', value: 1 }]);
    await world.advance(60_000);

    assert.equal((await change?.receipt)?.duplicate, false);
    assert.deepEqual([one?.status, two?.status], ['online', 'online']);
  });
});
