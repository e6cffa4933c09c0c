import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { connectIn } from '../src/connect.js';
import { createDevice } from './device.js';
import { createFakeServer } from './fake-server.js';
import { NAME } from './setup.js';
import { createWorld } from './world.js';

interface Row {
  readonly id: string;
  readonly text?: string;
}
interface Board {
  readonly rows: readonly Row[];
}
const keys = { '/rows': 'id' };
const NEVER = Number.POSITIVE_INFINITY;

/** A device whose pages are told the keys of a kind so many milliseconds after they asked. */
function setUp(rows: readonly Row[]) {
  const server = createFakeServer({ initial: { board: { rows } as never }, now: () => 5000 });
  const world = createWorld(server);
  const device = createDevice(world);
  const open = (ms: number) => {
    const fetch = () =>
      new Promise<unknown>(resolve => {
        if (ms !== NEVER) world.after(ms, () => resolve({ keys }));
      });
    const client = connectIn({ ...device.page().surroundings, fetch }, { url: 'ws://test', token: 'ada' });
    const board = client.entity<Board>(NAME);
    board.subscribe(() => {});
    const write = (at: number) => board.update(d => void Object.assign(d.rows[at] as object, { text: 'hello' }));
    return { client, board, write };
  };
  return { server, world, open };
}

describe('a command that waits for the keys of its kind', () => {
  it('is kept before what was made after it and waits for nothing', async () => {
    const { world, open } = setUp([]);
    const { board } = open(4000);
    await world.advance(500);
    const kept: string[] = [];

    const first = board.update(d => void d.rows.push({ id: 'x' }));
    const second = board.patch([{ op: 'add', path: '/rows/0/text', value: 'hello' }]);
    void first.durable.then(() => kept.push('first'));
    void second.durable.then(() => kept.push('second'));
    await world.advance(1000);
    const early = [...kept];
    await world.advance(10_000);

    assert.deepEqual([early, kept], [[], ['first', 'second']]);
  });

  it('is shown in the words in which it is sent', async () => {
    const { server, world, open } = setUp(['a', 'b', 'c'].map(id => ({ id })));
    const { board, write } = open(1000);
    await world.advance(900);
    server.dropCommands(1);
    write(1);
    await world.advance(3000);

    const bob = connectIn(world.page(), { url: 'ws://test', token: 'bob', kinds: { board: { keys } } }).entity(NAME);
    bob.patch([{ op: 'remove', path: '/rows/id=a' }]);
    await world.advance(500);

    assert.deepEqual(
      [board.get().value, board.get().pending],
      [{ rows: [{ id: 'b', text: 'hello' }, { id: 'c' }] }, 1],
    );
  });
});

describe('keys that an earlier page was told', () => {
  it('are used without asking anybody', async () => {
    const { world, open } = setUp([{ id: 'x' }]);
    const first = open(0);
    await world.advance(5000);
    await first.client.close();
    world.network(false);
    const { board, client, write } = open(NEVER);
    board.set({ rows: [{ id: 'x' }] });
    let durable = false;

    void write(0).durable.then(() => {
      durable = true;
    });
    await world.advance(500);

    assert.deepEqual([durable, client.pending().at(-1)?.ops[0]?.path], [true, '/rows/id=x/text']);
  });
});
