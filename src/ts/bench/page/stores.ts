import { connect, type Editable, type Holdfast } from '@holdfast/client';
import { configureStore, createSlice, type PayloadAction } from '@reduxjs/toolkit';
import { createStore } from 'zustand/vanilla';
import { type Board, boardOf, type Todo } from './board.js';

/** A store with the board in it, as far as the benches use one. */
export interface Store {
  /** Replaces the text of a to-do, and tells whoever must know before it returns or soon after. */
  rewrite(index: number, text: string): void;
  /** Hears of changes of what it selects only. */
  select(selector: (board: Board) => unknown, changed: () => void): void;
}

export function zustandStore(bytes: number): Store {
  const store = createStore<Board>(() => boardOf(bytes));
  return {
    rewrite: (index, text) =>
      store.setState(({ todos }) => ({ todos: todos.with(index, { ...(todos[index] as Todo), text }) })),
    select: (selector, changed) => comparing(store.getState, store.subscribe, selector, changed),
  };
}

export function reduxStore(bytes: number): Store {
  const board = createSlice({
    name: 'board',
    initialState: boardOf(bytes),
    reducers: {
      rewritten(state, { payload: { index, text } }: PayloadAction<{ index: number; text: string }>) {
        const todo = state.todos[index];
        if (todo !== undefined) todo.text = text;
      },
    },
  });
  const store = configureStore({ reducer: board.reducer });
  return {
    rewrite: (index, text) => void store.dispatch(board.actions.rewritten({ index, text })),
    select: (selector, changed) => comparing(store.getState, store.subscribe, selector, changed),
  };
}

/** What their React bindings do for each component: select again after every change, and compare. */
function comparing(
  read: () => Board,
  subscribe: (listener: () => void) => unknown,
  selector: (board: Board) => unknown,
  changed: () => void,
): void {
  let selected = selector(read());
  subscribe(() => {
    const next = selector(read());
    if (Object.is(next, selected)) return;
    selected = next;
    changed();
  });
}

export function localStore(bytes: number): Store {
  const hf = connect({ url: 'http://127.0.0.1:9', persist: false });
  hf.pause();
  return editableStore(hf.local<Board>('board', { initial: boardOf(bytes) }));
}

/** A document of a server, with all that goes with it: outbox, socket, receipts. */
export function entityStore(hf: Holdfast, name: string): Store {
  return editableStore(hf.entity<Board>(name));
}

function editableStore(editable: Editable<Board>): Store {
  return {
    rewrite: (index, text) => {
      const change = editable.update(draft => {
        const todo = draft.todos[index];
        if (todo !== undefined) todo.text = text;
      });
      change.receipt.catch(() => {});
    },
    select: (selector, changed) => void editable.select(selector).subscribe(changed),
  };
}
