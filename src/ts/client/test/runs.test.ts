import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import type { UpdateOptions } from '../src/api.js';
import { NAME, setUp } from './setup.js';

interface Typing extends UpdateOptions {
  readonly after?: number;
}

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
