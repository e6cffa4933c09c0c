import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, arrange, example, LISTS, type List, place, remove, rewrite, type Todo, tick } from '../src/board';

const TOUR = [
  { id: '42', text: 'Buy rope', done: false },
  { id: '43', text: 'Oil', done: true },
];

type Writable = Parameters<typeof add>[0];
const boardOf = (todos: readonly Todo[]): Writable => structuredClone({ title: '', todos: [...todos] }) as Writable;
const ids = (board: Writable) =>
  LISTS.map(list =>
    arrange(board.todos)
      [list].map(({ id }) => id)
      .join(''),
  );

/** A board of so many to-dos a, b, c … in the first list. */
function lettered(count: number): Writable {
  const board = boardOf([]);
  for (let i = 0; i < count; i += 1) add(board, String.fromCharCode(97 + i), '', 'now');
  return board;
}

describe('the board', () => {
  it('shows to-dos that others wrote without list and rank, in their order, at the end of the first list', () => {
    const board = lettered(1);
    board.todos.unshift(...TOUR.map(todo => ({ ...todo })));

    expect(ids(board)).toEqual(['a4243', '', '']);
  });

  it('gives them ranks when something is moved, and everybody gives the same ones', () => {
    const [one, other] = [boardOf(TOUR), boardOf(TOUR)];

    place(one, '43', 'now', 0);
    place(other, '42', 'later', 0);

    expect([ids(one), ids(other)]).toEqual([
      ['4342', '', ''],
      ['43', '', '42'],
    ]);
    expect(one.todos[0]?.rank).toBe(other.todos[0]?.rank);
  });

  it('puts a to-do exactly where it was let go, wherever that is', () => {
    const moves = fc.array(fc.tuple(fc.nat(5), fc.constantFrom<List>(...LISTS), fc.nat(5)), { maxLength: 30 });
    fc.assert(
      fc.property(moves, all => {
        const board = lettered(6);
        for (const [which, list, wanted] of all) {
          const id = board.todos[which]?.id ?? '';
          const others = arrange(board.todos)[list].filter(todo => todo.id !== id);
          const index = Math.min(wanted, others.length);
          place(board, id, list, index);
          const expected = others.map(todo => todo.id).toSpliced(index, 0, id);
          expect(arrange(board.todos)[list].map(todo => todo.id)).toEqual(expected);
        }
      }),
    );
  });

  it('puts one between two that two people gave the same rank at the same time', () => {
    const board = boardOf([
      { id: 'a', text: '', done: false, rank: 'V' },
      { id: 'b', text: '', done: false, rank: 'V' },
      { id: 'c', text: '', done: false, rank: 'W' },
      { id: 'd', text: '', done: false, rank: 'X' },
    ]);

    place(board, 'd', 'now', 1);

    expect(ids(board)[0]).toBe('adbc');
    expect(board.todos[2]?.rank).toBe('W');
  });

  it('changes nothing but the to-do it is about', () => {
    const board = lettered(4);
    const before = structuredClone(board.todos);

    place(board, 'd', 'next', 0);
    rewrite(board, 'd', 'text');
    tick(board, 'd', true);
    expect(board.todos.slice(0, 3)).toEqual(before.slice(0, 3));
    expect(board.todos[3]).toMatchObject({ id: 'd', text: 'text', done: true, list: 'next' });
    remove(board, 'd');

    expect(board.todos).toEqual(before.slice(0, 3));
  });

  it('takes what is gone as gone', () => {
    const board = lettered(1);
    const before = structuredClone(board);

    rewrite(board, 'x', 'text');
    tick(board, 'x', true);
    place(board, 'x', 'now', 0);
    remove(board, 'x');

    expect(board).toEqual(before);
  });

  it('begins with an example that has something in every list', () => {
    const board = boardOf([]);

    example(board);

    expect(LISTS.map(list => arrange(board.todos)[list].length)).toEqual([3, 2, 1]);
    expect(new Set(board.todos.map(({ id }) => id)).size).toBe(6);
  });
});
