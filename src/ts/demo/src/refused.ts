import type { Entity, Refusal } from '@holdfast/client';
import type { Board } from './board';
import { type Lost, lostIn } from './lost';

/** What was refused and nobody has seen to yet, the newest first. */
export interface Refused {
  readonly get: () => readonly Lost[];
  readonly subscribe: (heard: () => void) => () => void;
  readonly dismiss: (lost: Lost) => void;
}

const all = new WeakMap<Entity<Board>, Refused>();

/** Of one client's board, from the first time it is asked for: whether a pane shows it or not. */
export function refusedAt(board: Entity<Board>): Refused {
  const known = all.get(board) ?? createRefused(board);
  all.set(board, known);
  return known;
}

function createRefused(board: Entity<Board>): Refused {
  const listeners = new Set<() => void>();
  let lost: readonly Lost[] = [];

  function show(next: readonly Lost[]): void {
    lost = next;
    for (const listener of listeners) listener();
  }

  board.onRefused((refusal: Refusal) => show(withLost(lost, lostIn(refusal))));
  return {
    get: () => lost,
    subscribe(heard) {
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
    dismiss: ({ about }) => show(lost.filter(one => one.about !== about)),
  };
}

/** One per to-do: of a run of typing, only what it came to. */
function withLost(all: readonly Lost[], lost: Lost): readonly Lost[] {
  const before = all.find(({ about }) => about === lost.about);
  return [{ ...before, ...lost }, ...all.filter(one => one !== before)];
}
