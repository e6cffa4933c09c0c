import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import type { Entity } from '../src/api.js';
import { NAME, setUp } from './setup.js';

describe('selections', () => {
  it('tell only when what they select has changed', async () => {
    const { client, world } = setUp();
    const board = client.entity<{ title: string; list: number[] }>(NAME);
    const count = board.select(doc => doc.list.length);
    const title = board.select(doc => doc.title);
    const seen: unknown[] = [];
    count.subscribe(n => seen.push(n));
    title.subscribe(text => seen.push(text));
    await world.advance(0);

    board.update(d => {
      d.list.push(1);
    });
    await world.settle();

    assert.deepEqual(seen, [0, 'old', 1]);
    assert.deepEqual([count.get(), title.get()], [1, 'old']);
  });

  it('keep what they had while it is equal', async () => {
    const { client, world } = setUp();
    const board = client.entity<{ title: string; list: number[] }>(NAME);
    const small = board.select(
      doc => ({ none: doc.list.length === 0 }),
      (a, b) => a.none === b.none,
    );
    let told = 0;
    small.subscribe(() => {
      told += 1;
    });
    await world.advance(0);
    const first = small.get();

    board.update(d => {
      d.title = 'new';
    });

    assert.equal(small.get(), first);
    assert.equal(told, 1);
  });

  it('do not lose the others when one of them throws', async () => {
    const { board, world } = setUp();
    const errors: unknown[] = [];
    const keep = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', error => errors.push(error.message));
    const seen: unknown[] = [];
    board.subscribe(() => {
      throw new Error('mine');
    });
    board.subscribe(({ status }) => seen.push(status));
    await world.advance(0);
    process.removeAllListeners('uncaughtException');
    for (const listener of keep) process.on('uncaughtException', listener);

    assert.deepEqual([seen, errors], [['live'], ['mine']]);
  });
});

describe('recipes', () => {
  const open = async () => {
    const all = setUp();
    const board = all.client.entity<{ title: string; list: number[] }>(NAME);
    board.subscribe(() => {});
    await all.world.advance(0);
    return { ...all, board };
  };

  it('may return a whole new value', async () => {
    const { board } = await open();

    board.update(d => ({ ...d, title: 'new' }));

    assert.deepEqual(board.get().value, { title: 'new', list: [] });
  });

  it('are done when they return: one that promises to change something later is refused, and nothing changes', async () => {
    const { board } = await open();
    const later = async (d: { title: string }) => {
      await null;
      d.title = 'new';
    };

    assert.throws(() => board.update(later as never), { message: /^recipe: a promise \(expected: / });
    assert.deepEqual(board.get().value, { title: 'old', list: [] });
  });

  it('are not taken at the word of arrows that return what they did not mean to', async () => {
    const { board } = await open();

    board.update(d => d.list.push(1));
    board.update(d => (d.title = 'old'));
    board.update(d => d.list.length > 5 && d.list.push(2));

    assert.deepEqual(board.get().value, { title: 'old', list: [1] });
  });
});

describe('a recipe that changes nothing', () => {
  it('makes no command, nor anything to take back, and leaves what was taken back', async () => {
    const { client, world, heardOf } = setUp();
    const board = client.entity<{ title: string; list: number[] }>(NAME);
    board.subscribe(() => {});
    await world.advance(0);
    board.set({ title: 'new', list: [] });
    board.undo();
    await world.settle();
    const before = heardOf('mutate').length;

    const change = board.update(d => {
      d.title = 'old';
    });
    await world.settle();

    assert.deepEqual(
      [change.id, await change.receipt, board.canUndo, board.canRedo],
      ['', { version: 2, duplicate: true }, false, true],
    );
    assert.equal(heardOf('mutate').length, before);
  });

  it('is a command all the same if it asks for a version', async () => {
    const { client, world } = setUp();
    const board = client.entity(NAME);
    board.subscribe(() => {});
    await world.advance(0);

    const { receipt } = board.update(() => {}, { if: 7 });
    await world.settle();

    await assert.rejects(receipt, { code: 'version-mismatch' });
  });
});

describe('undo and redo', () => {
  const open = async () => {
    const all = setUp(
      { initial: { board: { title: 'old', todos: [{ id: 'a' }, { id: 'b' }] } } },
      { kinds: { board: { keys: { '/todos': 'id' } } } },
    );
    type Board = { title: string; todos: { id: string; text?: string }[] };
    const board = all.client.entity<Board>(NAME);
    board.subscribe(() => {});
    const other = all.join('bob').entity<Board>(NAME);
    other.subscribe(() => {});
    await all.world.advance(0);
    return { ...all, board, other };
  };

  it('take back only what this page did', async () => {
    const { board, other, world, server } = await open();
    board.update(d => {
      (d.todos[1] as { text?: string }).text = 'mine';
    });
    await world.settle();
    other.update(d => {
      d.todos.unshift({ id: 'c' });
      d.title = 'theirs';
    });
    await world.settle();

    assert.equal(board.canUndo, true);
    board.undo();
    await world.settle();
    const undone = server.document(NAME).doc;
    board.redo();
    await world.settle();

    assert.deepEqual(undone, { title: 'theirs', todos: [{ id: 'c' }, { id: 'a' }, { id: 'b' }] });
    assert.deepEqual(server.document(NAME).doc, {
      title: 'theirs',
      todos: [{ id: 'c' }, { id: 'a' }, { id: 'b', text: 'mine' }],
    });
    assert.deepEqual([board.canUndo, board.canRedo], [true, false]);
  });

  it('have nothing to take back of a command that was refused', async () => {
    const { board, world } = await open();

    board.update(
      d => {
        d.title = 'x';
      },
      { if: 99 },
    );
    await world.settle();

    assert.equal(board.canUndo, false);
    assert.equal(board.undo(), undefined);
  });

  it('bring back what was taken out, beside what others have put in since', async () => {
    const { board: mine, other: theirs, world, server } = await open();
    type Marked = { marks: Record<string, number> };
    const [board, other] = [mine as unknown as Entity<Marked>, theirs as unknown as Entity<Marked>];
    board.update(d => {
      d.marks = { a: 1 };
    });
    board.update(d => {
      delete d.marks['a'];
    });
    await world.settle();
    other.update(d => {
      d.marks['b'] = 2;
    });
    await world.settle();

    board.undo();
    await world.settle();

    assert.deepEqual((server.document(NAME).doc as unknown as Marked).marks, { a: 1, b: 2 });
  });

  it('say so to listeners when there is nothing to do again any more', async () => {
    const { board } = await open();
    board.set({ title: '1', todos: [] });
    board.undo();
    const seen: boolean[] = [];
    board.subscribe(() => seen.push(board.canRedo));

    board.set({ title: '2', todos: [] });

    assert.deepEqual(seen, [false]);
  });

  it('forget what was undone when something new is done', async () => {
    const { board } = await open();
    board.set({ title: '1', todos: [] });
    board.undo();
    const could = board.canRedo;

    board.set({ title: '2', todos: [] });

    assert.deepEqual([could, board.canRedo], [true, false]);
  });
});
