import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import type { Entity, UpdateOptions } from '../src/api.js';
import { NAME, setUp } from './setup.js';

interface Typing extends UpdateOptions {
  readonly after?: number;
}

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

describe('a run of changes', () => {
  const open = async () => {
    const all = setUp();
    const board = all.client.entity<{ title: string; list: number[] }>(NAME);
    board.subscribe(() => {});
    await all.world.advance(0);
    const type = async (text: string, { run = 'title', after = 100, ...more }: Typing = {}) => {
      for (const letter of text) {
        await all.world.advance(after);
        board.update(d => void Object.assign(d, { title: `${d.title}${letter}` }), { run, ...more });
      }
    };
    /** What is there after each step back, until there is none. */
    const back = async () => {
      const seen: unknown[] = [];
      while (board.canUndo) {
        board.undo();
        await all.world.settle();
        seen.push(board.get().value?.title);
      }
      return seen;
    };
    return { ...all, board, type, back };
  };

  it('is taken back by one command and done again by one, and anything in between is another', async () => {
    const { board, type, back, world, heardOf, server } = await open();
    await type('abc');
    board.update(d => void d.list.push(1));
    await type('de');
    await world.settle();
    const before = heardOf('mutate').length;

    assert.deepEqual(await back(), ['oldabc', 'oldabc', 'old']);
    assert.deepEqual(
      heardOf('mutate')
        .slice(before)
        .map(frame => (frame as { ops: readonly unknown[] }).ops.length),
      [1, 1, 1],
    );
    while (board.canRedo) board.redo();
    await world.settle();

    assert.deepEqual(server.document(NAME).doc, { title: 'oldabcde', list: [1] });
  });

  it('ends with a pause, with another run and with what is taken back', async () => {
    const { board, type, back } = await open();
    await type('ab');
    await type('c', { after: 1500 });
    await type('d', { run: 'other' });
    await type('e', { run: 'other' });
    board.undo();
    await type('f', { run: 'other' });

    assert.deepEqual(await back(), ['oldabc', 'oldab', 'old']);
  });

  it('has nothing to take back of what was refused, and no more than that', async () => {
    const { board, type, back, world } = await open();
    await type('ab');
    await type('c', { after: 1500 });
    await type('d', { if: 99 });
    await world.settle();
    await type('e');

    assert.equal(board.get().value?.title, 'oldabce');
    assert.deepEqual(await back(), ['oldabc', 'oldab', 'old']);
  });

  it('takes back nothing that others have done in between', async () => {
    const { type, world, join, server, board } = await open();
    const other = join('bob').entity<{ title: string; list: number[] }>(NAME);
    other.subscribe(() => {});
    await type('a');
    await world.settle();
    other.update(d => void d.list.push(7));
    await world.settle();
    await type('b');

    board.undo();
    await world.settle();

    assert.deepEqual(server.document(NAME).doc, { title: 'old', list: [7] });
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
