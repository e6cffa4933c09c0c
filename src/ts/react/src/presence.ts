import type { Json, Presence, Present } from '@holdfast/client';
import { useEffect, useMemo } from 'react';
import { useHoldfast } from './provider.js';
import { type Source, useReading } from './reading.js';

const NOBODY: readonly never[] = [];
const asItIs = <R>(state: R): R => state;
const newest = <R>(_shown: R, next: R): R => next;

/** What the components of this page tell on an entity, as JSON, by component: the newest of those that are mounted counts. */
const told = new WeakMap<object, Map<object, string>>();

function tell<P>(presence: Presence<P>, component: object, said?: string, problem?: string): void {
  const all = told.get(presence) ?? new Map<object, string>();
  told.set(presence, all);
  all.delete(component);
  try {
    if (problem !== undefined) throw new TypeError(problem);
    presence.set(JSON.parse(said ?? [...all.values()].at(-1) ?? 'null') as P | null);
    if (said !== undefined) all.set(component, said);
  } catch (error) {
    if ((said ?? problem) !== undefined) tell(presence, component);
    queueMicrotask(() => {
      throw error;
    });
  }
}

/** The data as JSON, which is told once per content; or why it is none. */
function jsonOf(data: unknown): { readonly said?: string | undefined; readonly problem?: string } {
  try {
    return { said: JSON.stringify(data) };
  } catch (error) {
    return { problem: String(error) };
  }
}

/**
 * The others who are present on the entity; with `data`, this component is present too for as long as it is mounted. Of several
 * components that are, the one that said something last counts. Data that cannot be told is reported as an uncaught error, and then
 * this one says nothing.
 */
export function usePresence<P = Json>(name: string, data?: P | null): readonly Present<P>[] {
  const { presence } = useHoldfast().entity<Json, P>(name);
  const source = useMemo<Source<readonly Present<P>[]>>(
    () => ({ get: () => presence.get(), subscribe: changed => presence.subscribe(changed) }),
    [presence],
  );
  const component = useMemo(() => ({}), []);
  const { said, problem } = jsonOf(data);
  const present = (said ?? problem) !== undefined;
  useEffect(() => {
    if (present) tell(presence, component, said === 'null' ? undefined : said, problem);
  }, [presence, component, present, said, problem]);
  useEffect(() => (present ? () => tell(presence, component) : undefined), [presence, component, present]);
  return useReading(source, asItIs, newest, NOBODY);
}
