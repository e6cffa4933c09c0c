import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import type { Holdfast } from '../src/api.js';
import { connectIn } from '../src/connect.js';
import { createFakeServer } from './fake-server.js';
import { delayed } from './lag.js';
import { follow, NAME } from './setup.js';
import { openAll, setUp as several, type Tab } from './several.js';
import { createWorld, type World } from './world.js';

function board() {
  const server = createFakeServer({ initial: { board: { title: 'old', list: [] } }, now: () => 5000 });
  return { server, world: createWorld(server) };
}

describe('a connection', () => {
  it('of a hidden page, whose timers run once a minute, lives on', async () => {
    const { world } = board();
    let hidden = false;
    const minute = 60_000;
    const page = world.page({
      after: (ms, run) => world.after(hidden ? Math.ceil((world.now() + ms) / minute) * minute - world.now() : ms, run),
    });
    const client = connectIn(page, { url: 'ws://test', token: 'ada' });
    follow(client.entity(NAME));
    await world.advance(20_000);
    hidden = true;
    const statuses = new Set<string>([client.status]);
    client.connection.subscribe(({ status }) => statuses.add(status));

    await world.advance(60 * minute);

    assert.deepEqual([world.sockets, [...statuses].join()], [1, 'online']);
  });

  it('on which one document takes longer than it may be silent gets it in the end', async () => {
    const { world, server } = board();
    const slow = (text: string) => (text.includes('"t":"state"') ? 35_000 : 1);
    const client = connectIn(delayed(world, world.page(), slow), { url: 'ws://test', token: 'ada' });
    const entity = client.entity(NAME);
    follow(entity);

    await world.advance(300_000);

    assert.equal(entity.get().status, 'live');
    assert.equal(server.heard.filter(({ t }) => t === 'open').length, 2);
  });

  it('that is dead is noticed as soon as ever after one that was not', async () => {
    const { world } = board();
    const client = connectIn(world.page(), { url: 'ws://test', token: 'ada' });
    const died = async () => {
      world.network(false);
      let after = 0;
      while (client.status === 'online') {
        await world.advance(1000);
        after += 1;
      }
      world.network(true);
      await world.advance(20_000);
      return after;
    };
    await world.advance(20_000);

    const [first, second] = [await died(), await died()];
    await world.advance(600_000);
    const third = await died();

    assert.ok(second > first * 1.5, `${first} s, ${second} s`);
    assert.ok(Math.abs(third - first) < 6, `${first} s, ${third} s`);
  });

  /** How long it takes until each of these deaths is noticed, in milliseconds. */
  async function deaths(world: World, tab: Holdfast, times: number, wakes: (ms: number) => boolean): Promise<number[]> {
    const took: number[] = [];
    for (let i = 0; i < times; i += 1) {
      await world.advance(60_000);
      world.network(false);
      let ms = 0;
      for (; tab.status === 'online' && ms < 300_000; ms += 500) {
        if (wakes(ms)) world.awake(true);
        await world.advance(500);
      }
      took.push(ms);
      world.network(true);
      await world.advance(30_000);
    }
    return took;
  }

  for (const count of [1, 2])
    it(`that died in its sleep is noticed at once, every time (${count} tabs)`, async () => {
      const { world, open } = several();
      const [tab] = (await openAll(world, open, count)) as [Tab];

      const took = await deaths(world, tab.client, 4, ms => ms === 0);

      assert.ok(
        took.every(ms => ms < 4000),
        took.join(),
      );
    });

  it('that died is noticed however often the page wakes', async () => {
    const { world } = board();
    const client = connectIn(world.page(), { url: 'ws://test', token: 'ada' });

    const took = await deaths(world, client, 3, ms => ms % 2500 === 0);

    assert.ok(
      took.every(ms => ms < 4000),
      took.join(),
    );
  });
});
