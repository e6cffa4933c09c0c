import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { openLate } from './laggard.js';
import { outcomeOf } from './setup.js';
import { openAll, push, setUp, type Tab } from './several.js';

describe('a tab that hears of everything late', () => {
  it('takes nothing for lost that is only on its way', async () => {
    const { world, open, device, listAt } = setUp();
    const [one] = (await openAll(world, open, 1)) as [Tab];
    let busy = false;
    let free = 0;
    // Sixty milliseconds for every message: a queue of seconds, though something is heard all the time.
    const lag = () => {
      if (!busy && free <= world.now()) return 0;
      free = Math.max(free, world.now()) + 60;
      return free - world.now();
    };
    const late = openLate(world, device, { lag });
    await world.advance(3000);
    const noise = async () => {
      for (let n = 0; n < 100; n += 1) {
        one.client.entity('board/other').patch([{ op: 'add', path: '/x', value: n }]);
        await world.advance(50);
      }
    };
    busy = true;
    await noise();
    const { receipt } = push(late, 1);
    await noise();
    busy = false;
    await world.advance(20_000);

    assert.deepEqual([await outcomeOf(receipt), listAt()], ['accepted', [1]]);
    const lists = late.seen.map(({ value }) => value?.list.length ?? 0);
    assert.deepEqual(lists, [...lists].sort());
  });

  it('shows nothing twice that another leader has sent', async () => {
    const { world, open, device } = setUp();
    const [one] = (await openAll(world, open, 2)) as [Tab, Tab];
    let lag = 0;
    const late = openLate(world, device, { lag: () => lag });
    await world.advance(3000);

    lag = 6000;
    push(late, 1);
    await world.advance(500);
    one.page.kill();
    await world.advance(30_000);

    const twice = late.seen.filter(({ value }) => (value?.list.length ?? 0) > 1);
    assert.deepEqual(twice, []);
    assert.deepEqual([late.board.get().value?.list, late.board.get().status], [[1], 'live']);
  });
});

describe('a tab that is busy', () => {
  for (const busy of [2800, 3200, 4500, 5400])
    it(`with one thing for ${busy} ms deposes no leader that lives`, async () => {
      const { world, open, hellos } = setUp();
      const [one, two] = (await openAll(world, open, 2)) as [Tab, Tab];
      await world.advance(1000);

      for (let round = 0; round < 40; round += 1) {
        for (let n = 0; n < 20 + round; n += 1) {
          one.client.entity('board/other').patch([{ op: 'add', path: '/x', value: n }]);
          await world.advance(100);
        }
        two.page.freeze();
        await world.advance(busy);
        two.page.thaw();
        await world.advance(3000);
      }

      assert.equal(hellos(), 1);
    });
});

describe('a tab that opens while another writes', () => {
  it('shows what is pending in the order in which it was made', async () => {
    const { world, open } = setUp();
    const [one] = (await openAll(world, open, 1)) as [Tab];
    world.network(false);
    await world.advance(40_000);
    const shown: unknown[] = [];

    for (let steps = 0; steps < 60; steps += 1) {
      one.board.patch([{ op: 'add', path: `/k${steps}`, value: {} }]);
      await world.settle();
      const tab = open();
      await world.step(steps);
      one.board.patch([{ op: 'add', path: `/k${steps}/x`, value: 1 }]);
      await world.advance(3000);
      shown.push((tab.board.get().value as Record<string, unknown> | null)?.[`k${steps}`]);
      tab.page.kill();
      await world.advance(5000);
    }

    assert.deepEqual(shown, Array(60).fill({ x: 1 }));
  });
});

describe('a command that was refused', () => {
  it('is told of by the tab that leads, if whoever made it was killed', async () => {
    const { world, open } = setUp();
    const [one, two] = (await openAll(world, open, 2)) as [Tab, Tab];
    const told: string[] = [];
    for (const tab of [one, two]) tab.board.onRefused(({ error }) => told.push(`${tab === one} ${error.code}`));
    const refused = [{ op: 'test', path: '/title', value: 'never' }] as const;
    two.board.patch(refused);
    await world.advance(1000);
    world.network(false);
    await world.advance(40_000);

    two.board.patch(refused);
    await world.settle();
    two.page.kill();
    world.network(true);
    await world.advance(60_000);
    const soon = [...told];
    await world.advance(400_000);

    assert.deepEqual([soon, told], [['false test-failed'], ['false test-failed', 'true test-failed']]);
  });
});

describe('what tabs say to each other', () => {
  it('is two messages for a command, and no whole documents when the leader changes', async () => {
    const { world, device } = setUp();
    const said = new Map<string, number>();
    const posted = (message: { readonly m: string; readonly frames?: readonly { readonly t: string }[] }) => {
      const name = `${message.m} ${message.frames?.[0]?.t ?? ''}`.trim();
      said.set(name, (said.get(name) ?? 0) + 1);
    };
    const tabs = (await openAll(world, () => openLate(world, device, { posted }), 5)) as readonly Tab[];
    await world.advance(3000);
    said.clear();

    for (let n = 0; n < 250; n += 1) {
      push(tabs[n % 5] as Tab, n);
      await world.advance(8);
    }
    await world.advance(1000);
    const count = [...said.values()].reduce((sum, n) => sum + n, 0);
    const counted = [...said].join(' ');
    said.clear();
    (tabs[0] as Tab).page.kill();
    push(tabs[1] as Tab, 250);
    await world.advance(5000);

    assert.ok(count < 250 * 2.2, counted);
    assert.equal(said.get('serve state'), undefined);
    for (const tab of tabs.slice(1)) assert.equal(tab.board.get().value?.list.length, 251);
  });
});
