import {
  type Connection,
  type ConnectionListener,
  type ConnectionStatus,
  createConnection,
  type TokenSource,
} from './connection.js';
import type { ClientFrame, EntityFrame, ServerFrame, Welcome } from './frames.js';
import type { Json } from './json.js';
import type { Op } from './patch.js';
import type { Draft, EntityState, Receipt, Step, View } from './reducer.js';
import * as reducer from './reducer.js';
import { backOff, platform, type Socket, type Surroundings } from './surroundings.js';

export interface ConnectOptions {
  /** `ws://host/v1/socket` or `wss://…`. */
  readonly url: string;
  /** What proves who we are; a function is asked anew before each connection. */
  readonly token?: TokenSource | undefined;
  /** This client's id, new by default. One id belongs to one client at a time: its commands are numbered from 1. */
  readonly client?: string;
  readonly WebSocket?: new (url: string, protocol: string) => Socket;
  readonly onStatus?: (status: ConnectionStatus, reason: string) => void;
  readonly onFrame?: ConnectionListener['traffic'];
}

export interface Entity<T extends Json = Json> {
  readonly name: string;
  view(): View<T>;
  /** Observes the entity while at least one listener does. It hears the view as it is now, then every change of it. */
  subscribe(listener: (view: View<T>) => void): () => void;
  /** Sends one patch, all or nothing. Rejects only if the client is closed first: then the outcome is unknown. */
  send(ops: readonly Op[], options?: { readonly if?: number }): Promise<Receipt>;
}

export interface Client {
  readonly id: string;
  status(): ConnectionStatus;
  welcome(): Welcome | undefined;
  entity<T extends Json = Json>(name: string): Entity<T>;
  refresh(token: string): void;
  close(): void;
}

interface Waiter {
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (error: Error) => void;
}

interface Entry {
  state: EntityState;
  attempt: number;
  cancelAgain: (() => void) | undefined;
  readonly listeners: Set<(view: View) => void>;
  readonly waiters: Map<number, Waiter>;
}

interface Queued extends Waiter {
  readonly entry: Entry;
  readonly draft: Draft;
}

/** Connects, and stays connected until `close`. */
export function connect(options: ConnectOptions): Client {
  return connectIn(platform(options.WebSocket), options);
}

/** `connect` in given surroundings. */
export function connectIn(outside: Surroundings, options: ConnectOptions): Client {
  const id = options.client ?? newClientId();
  const entries = new Map<string, Entry>();
  const queue: Queued[] = [];
  let status: ConnectionStatus = 'connecting';
  let stopReason = '';
  let welcome: Welcome | undefined;
  const connection: Connection = createConnection({ url: options.url, client: id, token: options.token }, outside, {
    up,
    down,
    frame: dispatch,
    traffic: (direction, frame) => options.onFrame?.(direction, frame),
    status(next, reason) {
      status = next;
      if (next === 'stopped') abandon(reason);
      options.onStatus?.(next, reason);
    },
  });

  function up(greeting: Welcome): void {
    welcome = greeting;
    for (const entry of entries.values()) perform(entry, reducer.connected(entry.state, entry.listeners.size > 0));
    pump();
  }

  function down(): void {
    welcome = undefined;
    for (const entry of entries.values()) {
      pause(entry);
      show(entry, reducer.disconnected(entry.state));
    }
  }

  function dispatch(frame: ServerFrame): void {
    const entry = 'entity' in frame && frame.entity !== undefined ? entries.get(frame.entity) : undefined;
    if (entry === undefined) return;
    perform(entry, reducer.received(entry.state, frame as EntityFrame, id));
    pump();
  }

  function perform(entry: Entry, step: Step): void {
    const { state, send, receipts, again } = step;
    const before = entry.state.view;
    entry.state = state;
    for (const frame of send) transmit(frame);
    if (receipts.length > 0) {
      entry.attempt = 0;
      for (const [seq, receipt] of receipts) entry.waiters.get(seq)?.resolve(receipt);
      for (const [seq] of receipts) entry.waiters.delete(seq);
    }
    if (again !== undefined) later(entry, again);
    if (state.view === before) return;
    if (state.view.status === 'live') entry.attempt = 0;
    tell(entry);
  }

  function show(entry: Entry, state: EntityState): void {
    perform(entry, { state, send: [], receipts: [] });
  }

  function tell(entry: Entry): void {
    for (const listener of [...entry.listeners]) {
      try {
        listener(entry.state.view);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  /** One pause per entity, however many frames ask for it; the first is short, for a mere reordering. */
  function later(entry: Entry, what: 'open' | 'resend'): void {
    if (entry.cancelAgain !== undefined) return;
    const wait = entry.attempt === 0 && what === 'resend' ? 20 : backOff(entry.attempt, outside.random());
    entry.attempt += 1;
    entry.cancelAgain = outside.after(wait, () => {
      entry.cancelAgain = undefined;
      if (entry.state.following === 'no' && entry.listeners.size > 0) perform(entry, reducer.opened(entry.state));
      for (const command of entry.state.unresolved) transmit(command);
    });
  }

  function pause(entry: Entry): void {
    entry.cancelAgain?.();
    entry.cancelAgain = undefined;
  }

  function transmit(frame: ClientFrame): void {
    if (welcome !== undefined) connection.send(frame);
  }

  function pump(): void {
    while (welcome !== undefined && queue.length > 0 && inFlight() < Math.max(1, welcome.limits.inFlight)) {
      const next = queue.shift() as Queued;
      const { entry, draft } = next;
      const command = reducer.nextCommand(entry.state, draft);
      const bytes = utf8Length(JSON.stringify(command));
      if (bytes > welcome.limits.frameBytes) {
        next.resolve(tooLarge(bytes, welcome.limits.frameBytes, entry.state.view.version));
        continue;
      }
      entry.waiters.set(command.seq, next);
      entry.state = reducer.submitted(entry.state, command);
      transmit(command);
    }
  }

  function inFlight(): number {
    let count = 0;
    for (const entry of entries.values()) count += entry.state.unresolved.length;
    return count;
  }

  function abandon(reason: string): void {
    stopReason = reason;
    for (const { reject } of queue.splice(0)) reject(new Error(`command: not sent (expected: a session; ${reason})`));
    for (const entry of entries.values()) {
      pause(entry);
      for (const { reject } of entry.waiters.values()) reject(new Error(`outcome: unknown (${reason})`));
      entry.waiters.clear();
    }
  }

  function entryOf(name: string): Entry {
    const known = entries.get(name);
    if (known !== undefined) return known;
    const state = reducer.initialState(name);
    const entry: Entry = { state, attempt: 0, cancelAgain: undefined, listeners: new Set(), waiters: new Map() };
    entries.set(name, entry);
    return entry;
  }

  function observe(entry: Entry, listener: (view: View) => void): () => void {
    const own = (view: View) => listener(view);
    entry.listeners.add(own);
    if (entry.listeners.size === 1 && welcome !== undefined) perform(entry, reducer.opened(entry.state));
    else own(entry.state.view);
    return () => {
      if (!entry.listeners.delete(own) || entry.listeners.size > 0) return;
      perform(entry, reducer.left(entry.state));
    };
  }

  function submit(entry: Entry, draft: Draft): Promise<Receipt> {
    return new Promise((resolve, reject) => {
      if (status === 'stopped') return reject(new Error(`command: not sent (expected: a session; ${stopReason})`));
      queue.push({ entry, draft, resolve, reject });
      pump();
    });
  }

  return {
    id,
    status: () => status,
    welcome: () => welcome,
    refresh: token => connection.refresh(token),
    close: () => connection.stop('client closed'),
    entity<T extends Json>(name: string): Entity<T> {
      const entry = entryOf(name);
      return {
        name,
        view: () => entry.state.view as View<T>,
        subscribe: listener => observe(entry, listener as (view: View) => void),
        send: async (ops, given = {}) => submit(entry, { ops: copied(ops), ...given }),
      };
    },
  };
}

/** The ops as they will travel, so that the caller's later changes do not reach them. */
function copied(ops: readonly Op[]): readonly Op[] {
  const text = JSON.stringify(ops, (key, value) => {
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw new TypeError(`${key}: ${value} (expected: a finite number)`);
    }
    return value;
  });
  return JSON.parse(text);
}

function tooLarge(bytes: number, limit: number, version: number): Receipt {
  return { outcome: 'refused', code: 'too-large', detail: `frame: ${bytes} bytes (expected: ≤ ${limit})`, version };
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

function newClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, byte => byte.toString(36).padStart(2, '0')).join('');
}
