import type { Socket } from './api.js';

/** The part of Web Locks the client uses. */
export interface Locks {
  request(name: string, options: { readonly steal?: boolean }, hold: () => Promise<void>): Promise<void>;
}

/** The part of a BroadcastChannel the client uses. */
export interface Channel {
  postMessage(message: unknown): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  close(): void;
}

/** The outside world of a client: sockets, clock, chance, timers, what the platform stores and shares. Tests bring their own. */
export interface Surroundings {
  socket(url: string, protocol: string): Socket;
  /** Milliseconds since 1970. */
  now(): number;
  random(): number;
  /** Runs once after so many milliseconds, unless cancelled by the returned function. */
  after(ms: number, run: () => void): () => void;
  /** Runs when there is nothing better to do, soon. */
  idle(run: () => void): void;
  /** Hears when the page may have slept, moved or got a network again: true, or when it is put aside: false. */
  onAwake(listener: (awake: boolean) => void): () => void;
  /** Hears when the page is left: it may be gone for good. */
  onLeave(listener: () => void): () => void;
  /** What the server has at that address, as JSON. */
  fetch(url: string): Promise<unknown>;
  readonly storage?: IDBFactory | undefined;
  /** For small things that have to be at hand before any database. */
  readonly notes?: Pick<Storage, 'getItem' | 'setItem'> | undefined;
  readonly locks?: Locks | undefined;
  readonly channel?: ((name: string) => Channel) | undefined;
}

/** What is due later is done now by browsers, and by Node: 24.8 days. */
const LONGEST_MS = 2 ** 31 - 1;

type SocketClass = new (url: string, protocol: string) => Socket;

/** What browsers, their workers and Node have of it. Node before 22 has no WebSocket of its own and must be given one. */
export function platform(Implementation?: SocketClass): Surroundings {
  const world = globalThis as typeof globalThis & { readonly requestIdleCallback?: (run: () => void) => void };
  const after = (ms: number, run: () => void) => {
    const timer = setTimeout(run, Math.min(ms, LONGEST_MS));
    return () => clearTimeout(timer);
  };
  const Known = Implementation ?? (world.WebSocket as SocketClass | undefined);
  return {
    socket(url, protocol) {
      if (Known === undefined) throw new TypeError('WebSocket: none (expected: the option, for Node before 22)');
      return new Known(url, protocol);
    },
    now: () => Date.now(),
    random: () => Math.random(),
    after,
    idle: run => void (world.requestIdleCallback?.(run) ?? after(1, run)),
    onAwake,
    onLeave(listener) {
      globalThis.addEventListener?.('pagehide', listener);
      return () => globalThis.removeEventListener?.('pagehide', listener);
    },
    fetch: async url => {
      const answer = await fetch(url);
      if (!answer.ok) throw new Error(`${url}: ${answer.status} (expected: 200)`);
      return answer.json();
    },
    storage: world.indexedDB,
    notes: notesOf(world),
    locks: world.navigator?.locks as Locks | undefined,
    channel: world.BroadcastChannel && (name => new BroadcastChannel(name) as unknown as Channel),
  };
}

/** Where pages may not keep anything, asking for it throws. */
function notesOf(world: { readonly localStorage?: Storage }): Storage | undefined {
  try {
    return world.localStorage;
  } catch {
    return undefined;
  }
}

function onAwake(listener: (awake: boolean) => void): () => void {
  const told = () => listener(globalThis.document?.visibilityState !== 'hidden');
  const everywhere = (does: 'addEventListener' | 'removeEventListener') => {
    for (const place of [globalThis, globalThis.document]) for (const event of EVENTS) place?.[does]?.(event, told);
  };
  everywhere('addEventListener');
  return () => everywhere('removeEventListener');
}

const EVENTS = ['online', 'offline', 'pageshow', 'resume', 'visibilitychange'];
const BASE_MS = 250;
const CAP_MS = 10_000;

/** The pause before attempt `n` (0, 1, …): between half and all of 250 ms · 2ⁿ, at most 10 s, never under 250 ms. */
export function backOff(attempt: number, random: number): number {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** attempt);
  return Math.max(BASE_MS, ceiling * (0.5 + random / 2));
}
