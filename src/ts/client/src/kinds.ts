import type { ConnectOptions, Keys } from './api.js';
import { isObject } from './json.js';
import { obtain } from './obtain.js';
import type { Surroundings } from './surroundings.js';

/** Which arrays of a kind have keys: as the application says, as we know from before, or as the server says. */
export interface Kinds {
  /** Undefined as long as nobody has said. */
  known(entity: string): Keys | undefined;
  /** Resolves when it is known, or cannot be. */
  load(entity: string): Promise<Keys>;
}

/** Keeps what the server says of kinds from one page to the next. */
export interface KindMemory {
  get(kind: string): Promise<unknown>;
  put(kind: string, keys: Keys): void;
}

/** Commands do not wait for a kind's keys any longer. */
const KEYS_WITHIN_MS = 5000;

export function createKinds(
  origin: string,
  given: ConnectOptions['kinds'],
  outside: Surroundings,
  storage: Promise<{ readonly cache: KindMemory | undefined }>,
): Kinds {
  const kinds = new Map<string, Keys>(Object.entries(given ?? {}).map(([kind, { keys = {} }]) => [kind, keys]));
  const loads = new Map<string, Promise<Keys>>();
  const kindOf = (entity: string) => entity.split('/')[0] as string;

  async function ask(kind: string): Promise<Keys> {
    let cancel = () => {};
    const late = new Promise<never>((_, reject) => {
      cancel = outside.after(KEYS_WITHIN_MS, () => reject(new Error('late')));
    });
    const asked = outside.fetch(`${origin}/v1/kinds/${encodeURIComponent(kind)}`);
    const keys = keysIn(await Promise.race([asked, late]).finally(cancel));
    kinds.set(kind, keys);
    (await storage).cache?.put(kind, keys);
    return keys;
  }

  async function load(kind: string): Promise<Keys> {
    const kept = (await (await storage).cache?.get(kind)) as Keys | undefined;
    if (kept !== undefined) kinds.set(kind, kept);
    const asked = ask(kind).catch(() => {
      // The next entity of that kind asks again; until then positions do.
      loads.delete(kind);
      return {};
    });
    return kept ?? asked;
  }

  return {
    known: entity => kinds.get(kindOf(entity)),
    load(entity) {
      const kind = kindOf(entity);
      const known = kinds.get(kind);
      return known === undefined ? obtain(loads, kind, load) : Promise.resolve(known);
    },
  };
}

function keysIn(definition: unknown): Keys {
  const keys = isObject(definition) ? definition['keys'] : undefined;
  return isObject(keys) ? (keys as Keys) : {};
}
