import type { Position, Watch } from './messages.js';
import { obtain } from './obtain.js';

/** A page that observes an entity; `waits`: it has not been told yet where the entity stands. */
export interface Watcher {
  readonly presence: boolean;
  readonly waits: boolean;
  readonly at: Position | undefined;
}

/** Which pages observe what, by their tabs. */
export interface Watchers {
  of(entity: string): Map<string, Watcher>;
  /** The page observes it from now on, or does not any more. */
  note(entity: string, tab: string, watch: Watch, at?: Position): void;
  by(tab: string): readonly string[];
  /** How the entity is to be observed for all of them. */
  wanted(entity: string): Watch;
}

export function createWatchers(): Watchers {
  const entities = new Map<string, Map<string, Watcher>>();

  const of = (entity: string) => obtain(entities, entity, () => new Map<string, Watcher>());

  return {
    of,
    note(entity, tab, watch, at) {
      if (watch === undefined) of(entity).delete(tab);
      else of(entity).set(tab, { presence: watch, waits: true, at });
    },
    by: tab => [...entities.keys()].filter(entity => of(entity).has(tab)),
    wanted(entity) {
      const all = [...of(entity).values()];
      return all.length === 0 ? undefined : all.some(({ presence }) => presence);
    },
  };
}
