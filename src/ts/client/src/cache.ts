import type { Keys } from './api.js';
import { type Database, openDatabase, valueIn } from './database.js';
import type { KindMemory } from './kinds.js';
import type { Confirmed } from './pending.js';
import type { Surroundings } from './surroundings.js';

/** What the server has confirmed, kept for the next page. It may be lost at any time. */
export interface Cache extends KindMemory {
  load(entity: string): Promise<Confirmed | undefined>;
  /** Keeps the document when there is time. */
  note(entity: string, confirmed: Confirmed): void;
  drop(entity: string): void;
  clear(): Promise<void>;
  /** Keeps at once what waits. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** One kept document: its JSON, and what shows that it is whole. */
interface Row {
  readonly schema: number;
  readonly epoch: number;
  readonly version: number;
  readonly text: string;
  readonly sum: number;
}

const SCHEMA = 1;
const [ENTITIES, KINDS] = ['entities', 'kinds'] as const;
/** A document in motion is kept at most so often, a large one more seldom: by so much for each thousand characters. */
const QUIET_MS = 1000;
const MORE_MS = 4;

/** The cache in a database of its own, which is emptied when it is damaged or full. */
export async function openCache(outside: Surroundings, name: string): Promise<Cache> {
  const database: Database | undefined = await openDatabase(outside.storage as IDBFactory, name, {
    [ENTITIES]: undefined,
    [KINDS]: undefined,
  }).catch(() => undefined);
  const waiting = new Map<string, Confirmed>();
  let scheduled = false;
  let written = 0;

  async function run<R>(
    mode: 'readonly' | 'readwrite',
    work: (store: (name: string) => IDBObjectStore) => Promise<R> | R,
  ): Promise<R | undefined> {
    try {
      return await database?.run(mode, work);
    } catch {
      await clear();
      return undefined;
    }
  }

  async function clear(): Promise<void> {
    await database?.run('readwrite', store => void store(ENTITIES).clear()).catch(() => {});
  }

  async function keep(): Promise<void> {
    const [next] = waiting;
    if (next === undefined) return;
    const [entity, { doc, epoch, version }] = next;
    waiting.delete(entity);
    const text = JSON.stringify(doc);
    written = text.length;
    const row: Row = { schema: SCHEMA, epoch, version, text, sum: sumOf(text, epoch, version) };
    await run('readwrite', store => void store(ENTITIES).put(row, entity));
  }

  function schedule(): void {
    if (scheduled || waiting.size === 0) return;
    scheduled = true;
    outside.after(QUIET_MS + (written / 1000) * MORE_MS, () =>
      outside.idle(() => {
        scheduled = false;
        void keep().then(schedule);
      }),
    );
  }

  function drop(entity: string): void {
    waiting.delete(entity);
    void run('readwrite', store => void store(ENTITIES).delete(entity));
  }

  async function flush(): Promise<void> {
    while (waiting.size > 0) await keep();
  }

  return {
    ...{ flush, clear },
    async load(entity) {
      const row = await run('readonly', store => valueIn<Row>(store(ENTITIES), entity));
      const confirmed = row && whole(row);
      if (row !== undefined && confirmed === undefined) drop(entity);
      return confirmed;
    },
    note(entity, confirmed) {
      waiting.set(entity, confirmed);
      schedule();
    },
    drop,
    get: kind => run('readonly', store => valueIn(store(KINDS), kind)),
    put: (kind: string, keys: Keys) => void run('readwrite', store => void store(KINDS).put(keys, kind)),
    async close() {
      await flush();
      database?.close();
    },
  };
}

/** The row's document; undefined if it is not what was written. */
function whole(row: Row): Confirmed | undefined {
  try {
    const { schema, epoch, version, text, sum } = row;
    if (schema !== SCHEMA || sum !== sumOf(text, epoch, version)) return undefined;
    return { doc: JSON.parse(text), epoch, version };
  } catch {
    return undefined;
  }
}

/** FNV-1a over the UTF-16 units, seeded with what the text belongs to. */
function sumOf(text: string, epoch: number, version: number): number {
  let sum = 0x811c9dc5 ^ (epoch % 0x7fffffff) ^ version;
  for (let i = 0; i < text.length; i += 1) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  return sum >>> 0;
}
