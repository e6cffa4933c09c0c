import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { connectIn } from '../src/connect.js';
import { follow, NAME, push as pushed, setUp } from './setup.js';
import { openAll, push, setUp as setUpTabs, type Tab } from './several.js';

/** Tabs of one device, and somebody elsewhere who is told of them. */
async function setUpThree() {
  const all = setUpTabs();
  const { world, open } = all;
  const bob = connectIn(world.page(), { url: 'ws://test', token: 'bob' }).entity(NAME).presence;
  bob.subscribe(() => {});
  const tabs = (await openAll(world, open, 3)) as [Tab, Tab, Tab];
  return { ...all, bob, tabs, told: () => bob.get().map(({ data }) => data) };
}

/** Tells that of the tab’s user. */
const say = ({ board }: Tab, data: string | null) => board.presence.set(data as never);

describe('presence', () => {
  it('is told once for each time the entity is opened', async () => {
    const { board, world, heardOf } = setUp();
    follow(board);
    board.presence.set('here');
    await world.advance(0);

    for (const n of [1, 2, 3]) {
      board.patch(pushed(n));
      await world.settle();
    }

    assert.equal(heardOf('present').length, 1);
  });

  it('is nobody’s while nothing is heard', async () => {
    const { board, world, join } = setUp();
    const bob = join('bob').entity(NAME);
    bob.subscribe(() => {});
    board.presence.subscribe(() => {});
    await world.advance(0);
    bob.presence.set('here');
    await world.settle();
    const before = board.presence.get().length;

    world.network(false);
    await world.advance(40_000);

    assert.deepEqual([before, board.presence.get()], [1, []]);
  });

  it('is known to a page that comes later', async () => {
    const { world, open, bob, tabs } = await setUpThree();
    tabs[0].board.presence.subscribe(() => {});
    bob.set('bob');
    await world.settle();

    const later = open();
    later.board.presence.subscribe(() => {});
    await world.advance(3000);

    assert.deepEqual(
      later.board.presence.get().map(({ data }) => data),
      ['bob'],
    );
  });

  it('is told by the next leader, though it is another page’s and newer than its own', async () => {
    const { world, tabs, told } = await setUpThree();
    const [one, two, three] = tabs;
    say(two, 'older');
    await world.advance(1000);
    say(three, 'newer');
    await world.advance(1000);

    one.page.kill();
    await world.advance(20_000);

    assert.equal(two.client.connection.get().leader, true);
    assert.deepEqual(told(), ['newer']);
  });
});

describe('a refusal', () => {
  it('is told by the tab that made the command, and by no other', async () => {
    const { world, tabs } = await setUpThree();
    const told: number[] = [];
    for (const [i, { board }] of tabs.entries()) board.onRefused(() => told.push(i));

    for (const i of [1, 0]) {
      tabs[i]?.board.patch([{ op: 'replace', path: '/title', value: 'x' }], { if: 99 });
      await world.advance(5000);
    }

    assert.deepEqual(told, [1, 0]);
  });
});

describe('a leader that dies with the receipts', () => {
  it('leaves nothing behind that shows twice, nor goes and comes back', async () => {
    const { world, server, tabs, listAt } = await setUpThree();
    const [one, ...others] = tabs;
    for (const [i, tab] of others.entries()) push(tab, i);
    const heard = () => server.heard.filter(({ t }) => t === 'mutate').length;
    for (let i = 0; i < 2000 && heard() < 2; i += 1) await world.step(1);
    one.page.mute();
    await world.settle();
    assert.deepEqual(listAt().length, 2);

    one.page.kill();
    await world.advance(20_000);

    for (const { seen, board } of others) {
      const lists = seen.map(({ value }) => value?.list ?? []);
      for (const list of lists) assert.equal(new Set(list).size, list.length, lists.join(' | '));
      const lengths = lists.map(({ length }) => length);
      assert.deepEqual(lengths, [...lengths].sort(), lists.join(' | '));
      assert.deepEqual(board.get().value?.list, listAt());
    }
  });
});
