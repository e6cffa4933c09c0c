import { escapeToken, isArray, isObject, type Json, type Op } from '@holdfast/client';

export interface Todo {
  readonly id: string;
  readonly text: string;
  readonly done: boolean;
}

export interface Board {
  readonly title: string;
  readonly todos: readonly Todo[];
}

/** What of any document can be shown as a board: others may have written anything into it. */
export function boardOf(doc: Json): Board {
  const title = isObject(doc) && typeof doc['title'] === 'string' ? doc['title'] : '';
  const todos = isObject(doc) && isArray(doc['todos']) ? doc['todos'].flatMap(todoOf) : [];
  return { title, todos };
}

function todoOf(item: Json): readonly Todo[] {
  if (!isObject(item) || typeof item['id'] !== 'string') return [];
  return [{ id: item['id'], text: typeof item['text'] === 'string' ? item['text'] : '', done: item['done'] === true }];
}

const at = (id: string) => `/todos/${escapeToken(`id=${id}`)}`;

export function retitle(doc: Json, title: string): readonly Op[] {
  if (!isObject(doc)) return [{ op: 'add', path: '', value: { title, todos: [] } }];
  return [{ op: Object.hasOwn(doc, 'title') ? 'replace' : 'add', path: '/title', value: title }];
}

export function addTodo(doc: Json, todo: Todo): readonly Op[] {
  const value = { ...todo };
  if (!isObject(doc)) return [{ op: 'add', path: '', value: { title: '', todos: [value] } }];
  if (!isArray(doc['todos'])) return [{ op: 'add', path: '/todos', value: [value] }];
  return [{ op: 'add', path: '/todos/-', value }];
}

/** Something to look at, in place of an empty board. */
export function example(): readonly Op[] {
  const todos = [
    { id: 'ropes', text: 'Coil the ropes', done: true },
    { id: 'water', text: 'Fill the water tank', done: false },
    { id: 'chart', text: 'Mark the shoals on the chart', done: false },
  ];
  return [{ op: 'add', path: '', value: { title: 'Before we sail', todos } }];
}

/** Whether nobody has written anything on it. */
export function isBlank(board: Board): boolean {
  return board.title === '' && board.todos.length === 0;
}

export function rewrite(id: string, text: string): readonly Op[] {
  return [{ op: 'replace', path: `${at(id)}/text`, value: text }];
}

export function toggle(id: string, done: boolean): readonly Op[] {
  return [{ op: 'replace', path: `${at(id)}/done`, value: done }];
}

export function removeTodo(id: string): readonly Op[] {
  return [{ op: 'remove', path: at(id) }];
}

/** Moves a to-do so that it ends at `index`. */
export function moveTodo(id: string, index: number): readonly Op[] {
  return [{ op: 'move', from: at(id), path: `/todos/${index}` }];
}
