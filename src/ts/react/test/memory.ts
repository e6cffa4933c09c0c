import type {
  Change,
  ConnectionInfo,
  Entity,
  Holdfast,
  Json,
  Local,
  PendingCommand,
  Present,
  Snapshot,
} from '@holdfast/client';

type Listener<A extends readonly unknown[]> = (...args: A) => void;

function listeners<A extends readonly unknown[]>() {
  const all = new Set<Listener<A>>();
  return {
    size: () => all.size,
    add(fn: Listener<A>): () => void {
      const own = (...args: A) => fn(...args);
      all.add(own);
      return () => all.delete(own);
    },
    tell(...args: A): void {
      for (const one of [...all]) one(...args);
    },
  };
}

/** Keeps of `before` whatever is equal in `after`. */
function shared(before: unknown, after: unknown): unknown {
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return after;
  if (Array.isArray(before) !== Array.isArray(after)) return after;
  const [a, b] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const next = Object.fromEntries(Object.keys(b).map(key => [key, shared(a[key], b[key])]));
  const equal = Object.keys(a).length === Object.keys(b).length && Object.keys(b).every(key => a[key] === next[key]);
  if (equal) return before;
  return Array.isArray(after) ? Object.values(next) : next;
}

const ACCEPTED: Change = {
  id: 'c',
  local: true,
  durable: Promise.resolve(),
  receipt: Promise.resolve({ version: 1, duplicate: false }),
} as Change;

export interface MemoryEntity<T> extends Entity<T> {
  observers(): number;
  /** What the server would say. */
  become(part: Partial<Snapshot<T>>): void;
  presentAre(all: readonly Present<Json>[]): void;
  readonly said: readonly (Json | null)[];
}

/** A Holdfast of one process without a server: what hooks see of one. */
export function createMemory(documents: Readonly<Record<string, Json>> = {}) {
  const entities = new Map<string, MemoryEntity<Json>>();
  const connecting = listeners<[]>();
  const pendingChanged = listeners<[]>();
  let info = { status: 'online', detail: '', leader: true, paused: false } as ConnectionInfo;
  let pending: readonly PendingCommand[] = [];

  function makeEntity(name: string): MemoryEntity<Json> {
    const heard = listeners<[Snapshot<Json>]>();
    const presenceHeard = listeners<[]>();
    const said: (Json | null)[] = [];
    let present: readonly Present<Json>[] = [];
    const value = documents[name] ?? null;
    let snapshot = { value, confirmed: value, version: 1, epoch: 1, status: 'live', pending: 0 } as Snapshot<Json>;
    function become(part: Partial<Snapshot<Json>>): void {
      snapshot = { ...snapshot, ...part };
      heard.tell(snapshot);
    }
    function change(recipe: (draft: never) => unknown): Change {
      const draft = structuredClone(snapshot.value);
      const made = recipe(draft as never) ?? draft;
      become({ value: shared(snapshot.value, made) as Json, version: snapshot.version + 1 });
      return ACCEPTED;
    }
    return {
      name,
      get: () => snapshot,
      subscribe: (fn: (snapshot: Snapshot<Json>) => void) => heard.add(fn),
      update: change,
      set: (next: Json) => change(() => next),
      presence: {
        set(data: Json | null) {
          const bytes = JSON.stringify(data).length;
          if (bytes > 4096) throw new TypeError(`presence: ${bytes} bytes (expected: ≤ 4096)`);
          said.push(data);
        },
        get: () => present,
        subscribe: (fn: () => void) => presenceHeard.add(fn),
      },
      observers: heard.size,
      become,
      said,
      presentAre(all: readonly Present<Json>[]) {
        present = all;
        presenceHeard.tell();
      },
    } as unknown as MemoryEntity<Json>;
  }

  function entity<T = Json>(name: string): MemoryEntity<T> {
    const known = entities.get(name) ?? makeEntity(name);
    entities.set(name, known);
    return known as unknown as MemoryEntity<T>;
  }

  const client = {
    client: 'memory',
    entity,
    local: (name: string) => entity(`local/${name}`) as unknown as Local<Json>,
    connection: { get: () => info, subscribe: (fn: () => void) => connecting.add(fn) },
    pending: () => pending,
    subscribePending: (fn: () => void) => pendingChanged.add(fn),
  } as unknown as Holdfast;

  return {
    client,
    entity,
    connected(next: Partial<ConnectionInfo>): void {
      info = { ...info, ...next };
      connecting.tell();
    },
    waiting(next: readonly PendingCommand[]): void {
      pending = next;
      pendingChanged.tell();
    },
  };
}
