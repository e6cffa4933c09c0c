import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { connectIn } from '../src/connect.js';
import type { Op } from '../src/patch.js';
import { createDevice } from './device.js';
import { createFakeServer } from './fake-server.js';
import { NAME, setUp } from './setup.js';
import { createWorld } from './world.js';

describe('a client that learns late which arrays have keys', () => {
  it('names elements by keys that are slow to come, on a device that keeps commands too', async () => {
    const todos = ['a', 'b', 'c'].map(id => ({ id }));
    const server = createFakeServer({ initial: { board: { todos } }, now: () => 5000 });
    const world = createWorld(server);
    const { surroundings } = createDevice(world).page();
    const keys = { '/todos': 'id' };
    const fetch = () => new Promise<unknown>(resolve => world.after(4000, () => resolve({ keys })));
    const client = connectIn({ ...surroundings, fetch }, { url: 'ws://test', token: 'ada' });
    const board = client.entity<{ todos: { id: string; done?: boolean }[] }>(NAME);
    board.subscribe(() => {});
    await world.advance(900);

    const change = board.update(d => {
      (d.todos[1] as { done?: boolean }).done = true;
    });
    await world.settle();
    const bob = connectIn(world.page(), { url: 'ws://test', token: 'bob', kinds: { board: { keys } } }).entity(NAME);
    bob.patch([{ op: 'remove', path: '/todos/id=a' }]);
    await world.advance(10_000);

    await change.receipt;
    assert.deepEqual(server.document(NAME).doc, { todos: [{ id: 'b', done: true }, { id: 'c' }] });
  });

  it('finds out which arrays have keys before it sends what was recorded without', async () => {
    const { world, server, join } = setUp({ initial: { board: { todos: [{ id: 'a' }, { id: 'b' }] } } });
    const client = join('eve');
    world.answers.set('http://test/v1/kinds/board', { kind: 'board', keys: { '/todos': 'id' } });
    const board = client.entity<{ todos: { id: string; text?: string }[] }>(NAME);
    board.subscribe(() => {});
    await world.advance(0);

    board.update(d => {
      d.todos[1] = { id: 'b', text: 'x' };
      d.todos.push({ id: 'c' });
    });
    await world.settle();

    const frame = server.heard.findLast(({ t }) => t === 'mutate') as { readonly ops: readonly Op[] };
    assert.deepEqual(
      frame.ops.map(({ path }) => path),
      ['/todos/id=b/text', '/todos/id=c'],
    );
  });
});
