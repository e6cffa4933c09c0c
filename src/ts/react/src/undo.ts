import type { Change } from '@holdfast/client';
import { useCallback, useMemo } from 'react';
import { sourceOf } from './entity.js';
import { useHoldfast } from './provider.js';
import { useReading } from './reading.js';

/** What can be taken back, or done again, of what this page did to an entity. */
export interface UndoState {
  /** Undefined if nothing was left to take back. */
  readonly undo: () => Change | undefined;
  readonly redo: () => Change | undefined;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

type Can = Pick<UndoState, 'canUndo' | 'canRedo'>;

const NOTHING: Can = { canUndo: false, canRedo: false };
const settled = (shown: Can, next: Can) =>
  shown.canUndo === next.canUndo && shown.canRedo === next.canRedo ? shown : next;

/** Takes back what this page did to an entity, or does it again. Renders only when `canUndo` or `canRedo` changes. */
export function useUndo(name: string): UndoState {
  const entity = useHoldfast().entity(name);
  const source = useMemo(() => sourceOf(entity), [entity]);
  const derive = useCallback((): Can => ({ canUndo: entity.canUndo, canRedo: entity.canRedo }), [entity]);
  const can = useReading(source, derive, settled, NOTHING);
  return useMemo(() => ({ ...can, undo: () => entity.undo(), redo: () => entity.redo() }), [entity, can]);
}
