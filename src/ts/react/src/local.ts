import type { Json, Local } from '@holdfast/client';
import { useCallback, useMemo } from 'react';
import { useHoldfast } from './provider.js';
import { same, useReading } from './reading.js';

export interface LocalState<T, V> {
  readonly value: V;
  readonly update: Local<T>['update'];
}

/** State that never leaves this device, and what changes it. */
export function useLocal<T = Json>(name: string): LocalState<T, T | null>;
/** What `selector` makes of it. Renders only when that changes. */
export function useLocal<T, S>(
  name: string,
  selector: (value: T) => S,
  equal?: (a: S, b: S) => boolean,
): LocalState<T, S | undefined>;
export function useLocal<T>(
  name: string,
  selector?: (value: T) => unknown,
  equal: (a: never, b: never) => boolean = Object.is,
): LocalState<T, unknown> {
  const local = useHoldfast().local<T>(name);
  const source = useMemo(
    () => ({ get: () => local.get().value, subscribe: (changed: () => void) => local.subscribe(changed) }),
    [local],
  );
  const derive = useCallback(
    (value: T | null): unknown => (selector === undefined ? value : value === null ? undefined : selector(value)),
    [selector],
  );
  const settle = useCallback(
    (shown: unknown, next: unknown) => (same(shown, next, equal as (a: unknown, b: unknown) => boolean) ? shown : next),
    [equal],
  );
  const update = useCallback<Local<T>['update']>((...given) => local.update(...given), [local]);
  return { value: useReading(source, derive, settle, selector === undefined ? null : undefined), update };
}
