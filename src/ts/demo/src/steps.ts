/** How many changes belong together: a run of typing is one step to its author, but many changes. */
export interface Steps {
  readonly made: (run: string | undefined, at: number) => void;
  /** How many changes to take back. */
  readonly undone: () => number;
  /** How many changes to do again. */
  readonly redone: () => number;
}

const PAUSE_MS = 1000;

export function createSteps(): Steps {
  const done: number[] = [];
  const undone: number[] = [];
  let last: { readonly run: string | undefined; readonly at: number } | undefined;

  function shift(from: number[], to: number[]): number {
    last = undefined;
    const count = from.pop();
    if (count !== undefined) to.push(count);
    return count ?? 1;
  }

  return {
    made(run, at) {
      const goesOn = run !== undefined && run === last?.run && at - last.at < PAUSE_MS;
      if (goesOn) done.push((done.pop() ?? 0) + 1);
      else done.push(1);
      last = { run, at };
      undone.length = 0;
    },
    undone: () => shift(done, undone),
    redone: () => shift(undone, done),
  };
}
