import type { Draft } from '@holdfast/client';
import { between } from './rank.js';

export const LISTS = ['now', 'next', 'later'] as const;
export type List = (typeof LISTS)[number];

/**
 * Where a to-do stands is part of the to-do: its list, and a rank between those of its neighbours. Moving one is then an edit
 * of that one only, which nobody's inserting or moving of others can turn into something else, as it would a position.
 * To-dos that others wrote without them stand at the end of the first list, in the order of the array.
 */
export type Todo = {
  readonly id: string;
  readonly text: string;
  readonly done: boolean;
  readonly list?: List;
  readonly rank?: string;
};

export type Board = {
  readonly title: string;
  readonly todos: readonly Todo[];
};

export type Lists = Readonly<Record<List, readonly Todo[]>>;

export function listOf(todo: Todo): List {
  return todo.list ?? 'now';
}

/** The to-dos of each list in order. */
export function arrange(todos: readonly Todo[]): Lists {
  const sorted = inOrder(todos);
  const of = (list: List) => sorted.filter(todo => listOf(todo) === list);
  return { now: of('now'), next: of('next'), later: of('later') };
}

function inOrder<T extends Todo>(todos: readonly T[]): readonly T[] {
  const ranked = todos.filter(todo => todo.rank !== undefined);
  const order = (a: Todo, b: Todo) => compare(a.rank ?? '', b.rank ?? '') || compare(a.id, b.id);
  return [...ranked.sort(order), ...todos.filter(todo => todo.rank === undefined)];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

type Writable = Draft<Board>;
type WritableTodo = Writable['todos'][number];

export function retitle(board: Writable, title: string): void {
  board.title = title;
}

export function rewrite(board: Writable, id: string, text: string): void {
  const todo = find(board, id);
  if (todo !== undefined) todo.text = text;
}

export function tick(board: Writable, id: string, done: boolean): void {
  const todo = find(board, id);
  if (todo !== undefined) todo.done = done;
}

export function remove(board: Writable, id: string): void {
  const index = board.todos.findIndex(todo => todo.id === id);
  if (index >= 0) board.todos.splice(index, 1);
}

/** Adds a to-do at the end of a list. */
export function add(board: Writable, id: string, text: string, list: List): void {
  settle(board);
  const last = inOrder(board.todos).at(-1);
  board.todos.push({ id, text, done: false, list, rank: between(last?.rank ?? '') });
}

/** Gives a text back to its to-do; if that is gone, to a new one called `id`, at the end of the list. */
export function putBack(board: Writable, about: string, text: string, list: List, id: string): void {
  if (find(board, about) === undefined) add(board, id, text, list);
  else rewrite(board, about, text);
}

/** Moves a to-do so that it stands at `index` of a list. Those that share its neighbour's rank move up, to make room. */
export function place(board: Writable, id: string, list: List, index: number): void {
  settle(board);
  const todo = find(board, id);
  if (todo === undefined) return;
  const others = inOrder(board.todos).filter(other => other.id !== id && listOf(other) === list);
  const followers = others.slice(index);
  let low = others[index - 1]?.rank ?? '';
  const high = followers.find(({ rank = '' }) => rank > low);
  todo.list = list;
  for (const one of [todo, ...followers.slice(0, high === undefined ? undefined : followers.indexOf(high))]) {
    low = between(low, high?.rank);
    one.rank = low;
  }
}

/** Gives ranks to those that have none, everybody the same ones. */
function settle(board: Writable): void {
  let last = '';
  for (const todo of inOrder(board.todos)) {
    todo.rank ??= between(last);
    last = todo.rank;
  }
}

function find(board: Writable, id: string): WritableTodo | undefined {
  return board.todos.find(todo => todo.id === id);
}

/** Something to look at, in place of an empty board. */
export function example(board: Writable): void {
  board.title = 'Before we sail';
  const lines: readonly (readonly [List, string, boolean])[] = [
    ['now', 'Coil the ropes', true],
    ['now', 'Fill the water tank', false],
    ['now', 'Mark the shoals on the chart', false],
    ['next', 'Ask the harbour master about the tide', false],
    ['next', 'Patch the spare sail', false],
    ['later', 'Paint the dinghy', false],
  ];
  for (const [list, text, done] of lines) {
    const id = text.toLowerCase().replaceAll(' ', '-');
    add(board, id, text, list);
    tick(board, id, done);
  }
}
