import { HoldfastProvider, useEntity } from '@holdfast/react';
import { configureStore, createSlice, type PayloadAction } from '@reduxjs/toolkit';
import { type FunctionComponent, memo, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider, useSelector } from 'react-redux';
import { create } from 'zustand';
import { type Board, boardOf, type Todo } from './board.js';
import { connected } from './connected.js';
import { painted, type Summary, summary, task } from './measure.js';

const COMPONENTS = 200;
const BYTES = 1_000_000;
const WARM_UP = 60;
const ROUNDS = 300;

interface Subject {
  readonly Row: FunctionComponent<{ readonly index: number }>;
  readonly wrap: (children: ReactNode) => ReactNode;
  readonly rewrite: (index: number, text: string) => void;
}

interface Result {
  /** Called as a frame begins, so that all of it is work: the update, React, style, layout, paint. */
  readonly work: Summary;
  /** Called at any moment, so that waiting for the display's next frame is in it. */
  readonly felt: Summary;
  /** Components rendered per update: mean and most. */
  readonly rendered: readonly [mean: number, most: number];
}

let renders = 0;
let updates = 0;

function Shown({ text, done }: { readonly text: string | undefined; readonly done: boolean | undefined }) {
  renders += 1;
  return <p className={done ? 'done' : 'open'}>{text?.slice(0, 60)}</p>;
}

async function holdfast(): Promise<Subject> {
  const { hf, entity } = await connected();
  const board = hf.entity<Board>(entity);
  return {
    Row: memo(({ index }) => {
      const { value } = useEntity(entity, (board: Board) => board.todos[index]);
      return <Shown text={value?.text} done={value?.done} />;
    }),
    wrap: children => <HoldfastProvider client={hf}>{children}</HoldfastProvider>,
    rewrite: (index, text) => {
      board.update(draft => {
        const todo = draft.todos[index];
        if (todo !== undefined) todo.text = text;
      });
    },
  };
}

function zustand(): Subject {
  const useBoard = create<Board>(() => boardOf(BYTES));
  return {
    Row: memo(({ index }) => {
      const todo = useBoard(board => board.todos[index]);
      return <Shown text={todo?.text} done={todo?.done} />;
    }),
    wrap: children => children,
    rewrite: (index, text) =>
      useBoard.setState(({ todos }) => ({ todos: todos.with(index, { ...(todos[index] as Todo), text }) })),
  };
}

function redux(): Subject {
  const slice = createSlice({
    name: 'board',
    initialState: boardOf(BYTES),
    reducers: {
      rewritten(state, { payload: { index, text } }: PayloadAction<{ index: number; text: string }>) {
        const todo = state.todos[index];
        if (todo !== undefined) todo.text = text;
      },
    },
  });
  const store = configureStore({ reducer: slice.reducer });
  return {
    Row: memo(({ index }) => {
      const todo = useSelector((board: Board) => board.todos[index]);
      return <Shown text={todo?.text} done={todo?.done} />;
    }),
    wrap: children => <Provider store={store}>{children}</Provider>,
    rewrite: (index, text) => void store.dispatch(slice.actions.rewritten({ index, text })),
  };
}

/** The beginning of a frame. */
function frame(): Promise<void> {
  return new Promise(done => requestAnimationFrame(() => done()));
}

/** Any moment of a display's frame, as people choose them. */
function anyMoment(): Promise<void> {
  return new Promise(done => setTimeout(done, Math.random() * 17));
}

/** From the call of the update until the frame that shows it is painted. */
async function measure({ Row, wrap, rewrite }: Subject): Promise<Result> {
  const place = document.body.appendChild(document.createElement('main'));
  const root = createRoot(place);
  root.render(wrap(Array.from({ length: COMPONENTS }, (_, index) => <Row key={String(index)} index={index} />)));
  await painted();
  await painted();
  const rendered: number[] = [];
  const work = await rounds(frame, task);
  const felt = await rounds(anyMoment, painted);
  root.unmount();
  place.remove();
  return { work, felt, rendered: [mean(rendered), Math.max(...rendered)] };

  async function rounds(when: () => Promise<void>, shown: () => Promise<void>): Promise<Summary> {
    const durations: number[] = [];
    for (let round = 0; round < WARM_UP + ROUNDS; round++) {
      const index = (round * 7) % COMPONENTS;
      updates += 1;
      const text = `rewritten by update ${updates}`;
      await when();
      renders = 0;
      const start = performance.now();
      rewrite(index, text);
      await shown();
      const end = performance.now();
      if (place.children[index]?.textContent !== text) throw new Error(`row ${index}: not painted (expected: ${text})`);
      if (round < WARM_UP) continue;
      durations.push(end - start);
      rendered.push(renders);
    }
    return summary(durations);
  }
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}

async function run(): Promise<Readonly<Record<string, Result>>> {
  return {
    zustand: await measure(zustand()),
    'redux-toolkit': await measure(redux()),
    holdfast: await measure(await holdfast()),
  };
}

window.bench = run;
