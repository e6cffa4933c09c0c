import type { Snapshot } from './api.js';
import type { Json } from './json.js';
import { obtain } from './obtain.js';
import { type EntityState, initialState, snapshotOf } from './reducer.js';
import { isSame, tellAll } from './tell.js';

/** This page's copy of one entity, and who listens to it. */
export interface Replica {
  readonly name: string;
  state: EntityState;
  snapshot: Snapshot;
  readonly listeners: Set<(snapshot: Snapshot) => void>;
}

export interface Replicas {
  of(name: string): Replica;
  has(name: string): boolean;
  all(): Iterable<Replica>;
  /** Takes the next state and tells whoever sees a difference. */
  update(replica: Replica, state: EntityState): void;
  /** While given, documents are shown as they were at another time. */
  travel(documents: Readonly<Record<string, Json>> | undefined): void;
}

/** `onPending`: some command came, left or changed; `onChange`: some snapshot did. */
export function createReplicas(onPending: () => void, onChange: (replica: Replica) => void): Replicas {
  const replicas = new Map<string, Replica>();
  let past: Readonly<Record<string, Json>> | undefined;

  function create(name: string): Replica {
    const state = initialState(name);
    return { name, state, snapshot: snapshotOf(state), listeners: new Set() };
  }

  function show(replica: Replica): void {
    const { name, state, snapshot } = replica;
    const now = snapshotOf(state);
    const next = past !== undefined && Object.hasOwn(past, name) ? { ...now, value: past[name] as Json } : now;
    if (isSame(snapshot, next)) return;
    replica.snapshot = next;
    // One of them may make the next change: the others hear of that, and of nothing older after it.
    tellAll(replica.listeners, next, () => replica.snapshot === next);
    onChange(replica);
  }

  return {
    of: name => obtain(replicas, name, create),
    has: name => replicas.has(name),
    all: () => replicas.values(),
    update(replica, state) {
      const before = replica.state;
      if (state === before) return;
      replica.state = state;
      show(replica);
      if (before.pending !== state.pending) onPending();
    },
    travel(documents) {
      past = documents;
      for (const replica of replicas.values()) show(replica);
    },
  };
}
