import type { Json } from './json.js';
import { obtain } from './obtain.js';

/** What the pages of this device tell of themselves. They have one session, which can tell one thing of each entity: the newest. */
export interface Voices {
  /** What that page tells from now on; null: nothing. Returns what is to be told for all. */
  note(entity: string, tab: string, data: Json): Json;
  /** All that page tells. */
  by(tab: string): readonly (readonly [entity: string, data: Json])[];
  /** What is to be told for all. */
  newest(): readonly (readonly [entity: string, data: Json])[];
}

export function createVoices(): Voices {
  const entities = new Map<string, Map<string, Json>>();
  const newestOf = (said: ReadonlyMap<string, Json>) => [...said.values()].at(-1) ?? null;
  return {
    note(entity, tab, data) {
      const said = obtain(entities, entity, () => new Map<string, Json>());
      said.delete(tab);
      if (data !== null) said.set(tab, data);
      return newestOf(said);
    },
    by: tab => [...entities].flatMap(([entity, said]) => (said.has(tab) ? [[entity, said.get(tab) as Json]] : [])),
    newest: () => [...entities].map(([entity, said]) => [entity, newestOf(said)]),
  };
}
