import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';

/** Something outside React that is read and heard of; `get` gives the same object until it changed. */
export interface Source<S> {
  readonly get: () => S;
  readonly subscribe: (changed: () => void) => () => void;
}

/**
 * What a component shows of a source. `derive` makes it anew when the source changed or the component renders with another
 * `derive`; `settle` gives back what was shown before if that is as good, and then nothing renders.
 */
export function useReading<S, R>(
  source: Source<S>,
  derive: (state: S) => R,
  settle: (shown: R, next: R) => R,
  server: R,
): R {
  const last = useRef<{ readonly source: Source<S>; readonly shown: R }>(undefined);
  const get = useMemo(() => {
    let read: { readonly state: S; readonly shown: R } | undefined;
    return () => {
      const state = source.get();
      if (read !== undefined && Object.is(read.state, state)) return read.shown;
      const before = read ?? (last.current?.source === source ? last.current : undefined);
      const next = derive(state);
      const shown = before === undefined ? next : settle(before.shown, next);
      read = { state, shown };
      return shown;
    };
  }, [source, derive, settle]);
  const shown = useSyncExternalStore(source.subscribe, get, () => server);
  useEffect(() => {
    last.current = { source, shown };
  });
  return shown;
}

/** `equal` is only asked about what a selector made. */
export function same(a: unknown, b: unknown, equal: (a: unknown, b: unknown) => boolean): boolean {
  return Object.is(a, b) || (a !== undefined && b !== undefined && equal(a, b));
}
