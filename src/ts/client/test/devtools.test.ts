import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'vitest';
import { connectIn } from '../src/connect.js';
import { devtools } from '../src/devtools.js';
import { createFakeServer } from './fake-server.js';
import { createWorld } from './world.js';

const NAME = 'board/welcome';
type Global = { __REDUX_DEVTOOLS_EXTENSION__?: unknown };

function installExtension() {
  const actions: { readonly type: string; readonly state: unknown }[] = [];
  let told: (message: unknown) => void = () => {};
  (globalThis as Global).__REDUX_DEVTOOLS_EXTENSION__ = {
    connect: () => ({
      init: (state: unknown) => actions.push({ type: '@@INIT', state }),
      send: ({ type }: { readonly type: string }, state: unknown) => actions.push({ type, state }),
      subscribe: (listener: (message: unknown) => void) => {
        told = listener;
      },
    }),
  };
  const jump = (n: number) =>
    told({ type: 'DISPATCH', payload: { type: 'JUMP_TO_ACTION' }, state: JSON.stringify(actions[n]?.state) });
  return { actions, jump, reset: () => told({ type: 'DISPATCH', payload: { type: 'RESET' } }) };
}

afterEach(() => {
  (globalThis as Global).__REDUX_DEVTOOLS_EXTENSION__ = undefined;
});

describe('the Redux DevTools', () => {
  it('see every change, whoever made it, and show the page as it was', async () => {
    const tools = installExtension();
    const world = createWorld(createFakeServer({ initial: { board: { title: 'a' } } }));
    const board = connectIn(world.page(), { url: 'ws://test', devtools }).entity<{ title: string }>(NAME);
    const theirs = connectIn(world.page(), { url: 'ws://test', token: 'bob' }).entity<{ title: string }>(NAME);
    const titles: unknown[] = [];
    board.select(doc => doc.title).subscribe(title => titles.push(title));
    await world.advance(0);
    theirs.set({ title: 'b' });
    await world.settle();
    board.set({ title: 'c' });
    await world.settle();

    const live = tools.actions.findIndex(
      ({ state }) => (state as Record<string, { title?: string }>)[NAME]?.title === 'b',
    );
    tools.jump(live);
    const past = board.get().value;
    const count = tools.actions.length;
    board.set({ title: 'd' });
    await world.settle();
    const still = board.get().value;
    tools.reset();

    assert.deepEqual([past, still, board.get().value], [{ title: 'b' }, { title: 'b' }, { title: 'd' }]);
    assert.deepEqual(titles, ['a', 'b', 'c', 'b', 'd']);
    assert.equal(tools.actions.length, count);
  });

  it('need not be there', async () => {
    const world = createWorld(createFakeServer());

    connectIn(world.page(), { url: 'ws://test', devtools });
    await world.advance(0);
  });
});
