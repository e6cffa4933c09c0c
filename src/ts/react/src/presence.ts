import type { Json, Present } from '@holdfast/client';
import { useEffect, useMemo } from 'react';
import { useHoldfast } from './provider.js';
import { type Source, useReading } from './reading.js';

const NOBODY: readonly never[] = [];
const asItIs = <R>(state: R): R => state;
const newest = <R>(_shown: R, next: R): R => next;

/** The others who are present on the entity; with `data`, this component is present too for as long as it is mounted. */
export function usePresence<P = Json>(name: string, data?: P | null): readonly Present<P>[] {
  const { presence } = useHoldfast().entity<Json, P>(name);
  const source = useMemo<Source<readonly Present<P>[]>>(
    () => ({ get: () => presence.get(), subscribe: changed => presence.subscribe(changed) }),
    [presence],
  );
  const text = data === undefined ? undefined : JSON.stringify(data);
  useEffect(() => {
    if (text !== undefined) presence.set(JSON.parse(text) as P | null);
  }, [presence, text]);
  const present = text !== undefined;
  useEffect(() => (present ? () => presence.set(null) : undefined), [presence, present]);
  return useReading(source, asItIs, newest, NOBODY);
}
