import type { Change } from '@holdfast/client';

/** One change on its way: milliseconds from the keystroke until it was on screen, in this device's store, on the server's disk. */
export interface Journey {
  readonly what: string;
  readonly shown?: number;
  readonly durable?: number;
  readonly accepted?: number;
  readonly version?: number;
  readonly refused?: string;
}

export interface Receipts {
  readonly get: () => Journeys;
  readonly subscribe: (heard: () => void) => () => void;
  /** Follows a change that was made at `since` until its receipt is there. */
  readonly follow: (what: string, change: Change, since: number) => void;
}

export interface Journeys {
  readonly last?: Journey;
  /** The median of the last forty receipts, in milliseconds. */
  readonly typical?: number;
}

const KEPT = 40;

export function createReceipts(now: () => number = () => performance.now()): Receipts {
  const listeners = new Set<() => void>();
  const times: number[] = [];
  let journeys: Journeys = {};
  let newest = '';

  function tell(next: Journeys): void {
    journeys = next;
    for (const listener of listeners) listener();
  }

  /** Only the newest change is shown; what becomes of earlier ones still counts for the median. */
  function reach(id: string, part: Partial<Journey>): void {
    if (id === newest && journeys.last !== undefined) tell({ ...journeys, last: { ...journeys.last, ...part } });
  }

  function count(took: number): void {
    times.push(took);
    if (times.length > KEPT) times.shift();
    const sorted = times.toSorted((a, b) => a - b);
    tell({ ...journeys, typical: sorted[sorted.length >> 1] as number });
  }

  return {
    get: () => journeys,
    subscribe(heard) {
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
    follow(what, change, since) {
      newest = change.id;
      tell({ ...journeys, last: { what } });
      queueMicrotask(() => reach(change.id, { shown: now() - since }));
      change.durable.then(
        () => reach(change.id, { durable: now() - since }),
        () => undefined,
      );
      change.receipt.then(
        ({ version }) => {
          const took = now() - since;
          reach(change.id, { accepted: took, version });
          count(took);
        },
        (error: { readonly code?: string }) => reach(change.id, { refused: error.code ?? 'unknown' }),
      );
    },
  };
}

/** Few digits: `0.3 ms`, `7.2 ms`, `140 ms`, `2.1 s`. */
export function milliseconds(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  return `${ms >= 100 ? Math.round(ms) : ms.toFixed(1)} ms`;
}
