/** The document of the benches: a list of to-dos, about `bytes` long as JSON. */
export interface Board {
  readonly marks: Readonly<Record<string, string>>;
  readonly counter: number;
  readonly text: string;
  readonly todos: readonly Todo[];
}

export interface Todo {
  readonly id: string;
  readonly text: string;
  readonly done: boolean;
}

const EACH = 500;

export function boardOf(bytes: number): Board {
  const todos = Array.from({ length: Math.ceil(bytes / EACH) }, (_, n) => ({
    id: `todo-${n}`,
    text: `${n}: ${'what there is to do about it, in some words. '.repeat(10)}`,
    done: n % 3 === 0,
  }));
  return { marks: {}, counter: 0, text: '', todos };
}
