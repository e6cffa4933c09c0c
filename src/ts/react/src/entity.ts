import type { Change, Entity, EntityStatus, Json, Problem, Snapshot } from '@holdfast/client';
import { useCallback, useMemo } from 'react';
import { useHoldfast } from './provider.js';
import { type Source, same, useReading } from './reading.js';

/** What a component shows of an entity; `version` is the one its value was taken from. */
export interface EntityState<V> {
  readonly value: V;
  readonly status: EntityStatus;
  readonly version: number;
  readonly error: Problem | undefined;
}

const NOWHERE = { status: 'loading', version: 0, error: undefined } as const;

/** The entity's value with this client's pending changes; null if there is none. Renders with every change of it. */
export function useEntity<T = Json>(name: string): EntityState<T | null>;
/** What `selector` makes of the value; undefined if there is none. Renders only when that, the status or the error changes. */
export function useEntity<T, S>(
  name: string,
  selector: (value: T) => S,
  equal?: (a: S, b: S) => boolean,
): EntityState<S | undefined>;
export function useEntity<T>(
  name: string,
  selector?: (value: T) => unknown,
  equal: (a: never, b: never) => boolean = Object.is,
): EntityState<unknown> {
  const entity = useHoldfast().entity<T>(name);
  const source = useMemo(() => sourceOf(entity), [entity]);
  const derive = useCallback((snapshot: Snapshot<T>) => stateOf(snapshot, selector), [selector]);
  const settle = useCallback(
    (shown: EntityState<unknown>, next: EntityState<unknown>) =>
      settled(shown, next, selector === undefined, equal as (a: unknown, b: unknown) => boolean),
    [selector, equal],
  );
  return useReading(source, derive, settle, selector === undefined ? NOTHING : NOTHING_SELECTED);
}

const NOTHING: EntityState<unknown> = { value: null, ...NOWHERE };
const NOTHING_SELECTED: EntityState<unknown> = { value: undefined, ...NOWHERE };

export function sourceOf<T>(entity: Entity<T>): Source<Snapshot<T>> {
  return { get: () => entity.get(), subscribe: (changed: () => void) => entity.subscribe(changed) };
}

function stateOf<T>(
  { value, status, version, error }: Snapshot<T>,
  selector: ((value: T) => unknown) | undefined,
): EntityState<unknown> {
  if (selector === undefined) return { value, status, version, error };
  return { value: value === null ? undefined : selector(value), status, version, error };
}

function settled(
  shown: EntityState<unknown>,
  next: EntityState<unknown>,
  whole: boolean,
  equal: (a: unknown, b: unknown) => boolean,
): EntityState<unknown> {
  if (!same(shown.value, next.value, equal)) return next;
  const { status, version, error } = next;
  if (shown.status === status && shown.error === error && (!whole || shown.version === version)) return shown;
  return { value: shown.value, status, version, error };
}

/** Changes an entity, as `entity.update` does; the same function for as long as the name is the same. */
export function useUpdate<T = Json>(name: string): Entity<T>['update'] {
  const entity = useHoldfast().entity<T>(name);
  return useCallback((recipe, options): Change => entity.update(recipe, options), [entity]);
}
