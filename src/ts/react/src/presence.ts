import type { Json, Presence, Present } from '@holdfast/client';
import { useEffect, useMemo } from 'react';
import { useHoldfast } from './provider.js';
import { type Source, useReading } from './reading.js';

const NOBODY: readonly never[] = [];
const asItIs = <R>(state: R): R => state;
const newest = <R>(_shown: R, next: R): R => next;

/** What the components of this page tell on an entity, by component: the newest of those that are mounted counts. */
const told = new WeakMap<object, Map<object, unknown>>();

function tell<P>(presence: Presence<P>, component: object, data?: P | null): void {
  const all = told.get(presence) ?? new Map<object, unknown>();
  told.set(presence, all);
  const others = [...all].filter(([other]) => other !== component).map(([, said]) => said);
  // What cannot be said is not noted either.
  presence.set((data ?? others.at(-1) ?? null) as P | null);
  all.delete(component);
  if (data !== undefined && data !== null) all.set(component, data);
}

/**
 * The others who are present on the entity; with `data`, this component is present too for as long as it is mounted. Of several
 * components that are, the one that said something last counts.
 */
export function usePresence<P = Json>(name: string, data?: P | null): readonly Present<P>[] {
  const { presence } = useHoldfast().entity<Json, P>(name);
  const source = useMemo<Source<readonly Present<P>[]>>(
    () => ({ get: () => presence.get(), subscribe: changed => presence.subscribe(changed) }),
    [presence],
  );
  const component = useMemo(() => ({}), []);
  const text = data === undefined ? undefined : JSON.stringify(data);
  useEffect(() => {
    if (text !== undefined) tell(presence, component, JSON.parse(text) as P | null);
  }, [presence, component, text]);
  const present = text !== undefined;
  useEffect(() => (present ? () => tell(presence, component) : undefined), [presence, component, present]);
  return useReading(source, asItIs, newest, NOBODY);
}
