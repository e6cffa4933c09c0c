import type { Json } from './json.js';
import { obtain } from './obtain.js';

/** What a page tells of itself, and since when, in milliseconds since 1970. */
export interface Word {
  readonly data: Json;
  readonly at: number;
}

/** What the pages of this device tell of themselves. They have one session, which can tell one thing of each entity: the newest. */
export interface Voices {
  /** What that page tells from now on; null: nothing. Returns what is to be told for all. */
  note(entity: string, tab: string, word: Word): Json;
  /** All that page tells. */
  by(tab: string): readonly (readonly [entity: string, word: Word])[];
  /** What is to be told for all. */
  newest(): readonly (readonly [entity: string, data: Json])[];
}

export function createVoices(): Voices {
  const entities = new Map<string, Map<string, Word>>();
  const newestOf = (said: ReadonlyMap<string, Word>) =>
    [...said.values()].sort((a, b) => a.at - b.at).at(-1)?.data ?? null;
  return {
    note(entity, tab, word) {
      const said = obtain(entities, entity, () => new Map<string, Word>());
      said.delete(tab);
      if (word.data !== null) said.set(tab, word);
      return newestOf(said);
    },
    by: tab => [...entities].flatMap(([entity, said]) => (said.has(tab) ? [[entity, said.get(tab) as Word]] : [])),
    newest: () => [...entities].map(([entity, said]) => [entity, newestOf(said)]),
  };
}
