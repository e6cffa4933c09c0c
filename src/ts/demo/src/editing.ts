import type { Change, Draft, Entity } from '@holdfast/client';
import { useHoldfast } from '@holdfast/react';
import { createContext, useContext, useMemo } from 'react';
import type { Board } from './board';
import { createReceipts, type Receipts } from './receipts';
import { BOARD } from './which';

/** Everything a pane does to the board goes through here, so that it can be followed and taken back. */
export interface Editing {
  /** `what` is for people. Changes of the same `run` in quick succession are taken back together, like typing. */
  readonly edit: (what: string, recipe: (board: Draft<Board>) => void, run?: string) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly receipts: Receipts;
}

const Context = createContext<Editing | undefined>(undefined);
export const EditingProvider = Context.Provider;

export function useEditing(): Editing {
  const editing = useContext(Context);
  if (editing === undefined) throw new Error('EditingProvider: none (expected: one above this component)');
  return editing;
}

export function useNewEditing(): Editing {
  const board = useHoldfast().entity<Board>(BOARD);
  return useMemo(() => createEditing(board), [board]);
}

function createEditing(board: Entity<Board>): Editing {
  const receipts = createReceipts();

  function follow(what: string, make: () => Change | undefined): void {
    const since = performance.now();
    const change = make();
    // A recipe that changes nothing is no change to follow.
    if (change !== undefined && change.id !== '') receipts.follow(what, change, since);
  }

  return {
    receipts,
    edit: (what, recipe, run) => follow(what, () => board.update(recipe, { run })),
    undo: () => follow('Took a change back', () => board.undo()),
    redo: () => follow('Did it again', () => board.redo()),
  };
}
