import type { Client, ConnectOptions, Entity } from './api.js';
import { refusedAsTooLarge, travelling } from './command.js';
import { type Connection, type ConnectionStatus, createConnection } from './connection.js';
import type { ClientFrame, EntityFrame, Failed, ServerFrame, Welcome } from './frames.js';
import type { Json } from './json.js';
import type { EntityState, Receipt, Step, View, Wish } from './reducer.js';
import * as reducer from './reducer.js';
import { backOff, platform, type Surroundings } from './surroundings.js';

interface Waiter {
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (error: Error) => void;
}

interface Unsent extends Waiter {
  readonly wish: Wish;
}

interface Entry {
  state: EntityState;
  view: View;
  readonly unsent: Unsent[];
  /** Sent, not applied, to be numbered anew; they go before what is unsent. */
  readonly again: Unsent[];
  attempt: number;
  cancelAgain: (() => void) | undefined;
  readonly listeners: Set<(view: View) => void>;
  readonly waiters: Map<number, Unsent>;
}

/** Connects, and stays connected until `close`. */
export function connect(options: ConnectOptions): Client {
  return connectIn(platform(options.WebSocket), options);
}

/** `connect` in given surroundings. */
export function connectIn(outside: Surroundings, options: ConnectOptions): Client {
  const id = options.client ?? newClientId();
  const entries = new Map<string, Entry>();
  let status: ConnectionStatus = 'connecting';
  let stopReason = '';
  let welcome: Welcome | undefined;
  let careful = false;
  let trial: { readonly entry: Entry; readonly seq: number } | undefined;
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
    for (const entry of entries.values()) {
      const step = reducer.connected(entry.state, entry.listeners.size > 0);
      perform(entry, careful ? { ...step, send: step.send.filter(frame => frame.t !== 'mutate') } : step);
    }
    proceed();
  }

  function down(): void {
    welcome = undefined;
    trial = undefined;
    for (const entry of entries.values()) {
      pause(entry);
      entry.state = reducer.disconnected(entry.state);
      show(entry);
    }
  }

  function dispatch(frame: ServerFrame): void {
    if (frame.t === 'error' && frame.re === undefined) return complaint(frame);
    const entry = 'entity' in frame && frame.entity !== undefined ? entries.get(frame.entity) : undefined;
    if (entry === undefined) return;
    perform(entry, reducer.received(entry.state, frame as EntityFrame, id));
    proceed();
  }

  /** The server passed over a frame and cannot say which, for it came too fast; or it could not read one, and hangs up now. */
  function complaint(error: Failed): void {
    if (error.code === 'overloaded' || error.code === 'unavailable') {
      for (const entry of entries.values()) later(entry, 'resend');
    } else if (error.code === 'bad-frame' || error.code === 'too-large' || error.code === 'too-deep') {
      const culprit = trial;
      trial = undefined;
      careful = true;
      if (culprit !== undefined) perform(culprit.entry, reducer.unreadable(culprit.entry.state, culprit.seq, error));
    }
  }

  /** After a frame that could not be read: one command at a time, until the one to blame is found or all are through. */
  function proceed(): void {
    if (!careful) return pump();
    const tried = trial;
    if (tried !== undefined && reducer.frames(tried.entry.state).some(frame => frame.seq === tried.seq)) return;
    trial = undefined;
    for (const entry of entries.values()) {
      const [frame] = reducer.frames(entry.state);
      if (frame === undefined) continue;
      trial = { entry, seq: frame.seq };
      return transmit(frame);
    }
    careful = false;
    pump();
  }

  function perform(entry: Entry, step: Step): void {
    const { state, send, receipts, again } = step;
    entry.state = state;
    for (const frame of send) transmit(frame);
    if (receipts.length > 0) {
      entry.attempt = 0;
      for (const [seq, receipt] of receipts) entry.waiters.get(seq)?.resolve(receipt);
      for (const [seq] of receipts) entry.waiters.delete(seq);
    }
    requeue(entry, step.anew ?? []);
    if (again !== undefined) later(entry, again);
    show(entry);
  }

  function requeue(entry: Entry, seqs: readonly number[]): void {
    for (const seq of seqs) {
      const waiter = entry.waiters.get(seq);
      entry.waiters.delete(seq);
      if (waiter !== undefined) entry.again.push(waiter);
    }
    if (!entry.state.forgotten) entry.unsent.unshift(...entry.again.splice(0));
  }

  /** Tells the listeners if there is anything new to see. */
  function show(entry: Entry): void {
    const { state, again, unsent, view } = entry;
    const next = reducer.viewOf(
      state,
      [...again, ...unsent].map(({ wish }) => wish),
    );
    const { draft, pending, ...before } = view;
    const same = draft === next.draft && pending === next.pending && sameMembers(before, state.view);
    if (same) return;
    entry.view = next;
    if (next.status === 'live' && before.status !== 'live') entry.attempt = 0;
    tell(entry);
  }

  function tell(entry: Entry): void {
    for (const listener of [...entry.listeners]) {
      try {
        listener(entry.view);
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
      if (entry.state.following !== 'yes' && entry.listeners.size > 0) perform(entry, reducer.opened(entry.state));
      const tried = trial;
      if (tried !== undefined && tried.entry !== entry) return;
      const frames = reducer.frames(entry.state);
      for (const frame of tried === undefined ? frames : frames.filter(({ seq }) => seq === tried.seq)) transmit(frame);
    });
  }

  function pause(entry: Entry): void {
    entry.cancelAgain?.();
    entry.cancelAgain = undefined;
  }

  function transmit(frame: ClientFrame): void {
    if (welcome !== undefined) connection.send(frame);
  }

  /** Sends what waits, each entity's commands in order, as long as there is room. */
  function pump(): void {
    if (careful) return;
    for (const entry of entries.values()) {
      while (
        welcome !== undefined &&
        entry.unsent.length > 0 &&
        !entry.state.forgotten &&
        inFlight() < Math.max(1, welcome.limits.inFlight)
      ) {
        depart(entry, entry.unsent.shift() as Unsent, welcome.limits.frameBytes);
      }
    }
  }

  function depart(entry: Entry, unsent: Unsent, frameBytes: number): void {
    const command = reducer.nextCommand(entry.state, unsent.wish);
    const tooLarge = refusedAsTooLarge(command, frameBytes, entry.state.view.version);
    if (tooLarge !== undefined) {
      unsent.resolve(tooLarge);
      return show(entry);
    }
    entry.waiters.set(command.seq, unsent);
    entry.state = reducer.submitted(entry.state, command);
    transmit(command);
  }

  function inFlight(): number {
    let count = 0;
    for (const entry of entries.values()) count += entry.state.unresolved.length;
    return count;
  }

  function abandon(reason: string): void {
    stopReason = reason;
    for (const entry of entries.values()) {
      pause(entry);
      for (const { reject } of entry.waiters.values()) reject(new Error(`outcome: unknown (${reason})`));
      for (const { reject } of [...entry.again.splice(0), ...entry.unsent.splice(0)]) reject(notSent());
      entry.waiters.clear();
    }
  }

  function notSent(): Error {
    return new Error(`command: not sent (expected: a session; ${stopReason})`);
  }

  function entryOf(name: string): Entry {
    const known = entries.get(name);
    if (known !== undefined) return known;
    const state = reducer.initialState(name);
    const entry: Entry = {
      state,
      view: reducer.viewOf(state, []),
      unsent: [],
      again: [],
      attempt: 0,
      cancelAgain: undefined,
      listeners: new Set(),
      waiters: new Map(),
    };
    entries.set(name, entry);
    return entry;
  }

  function observe(entry: Entry, listener: (view: View) => void): () => void {
    const own = (view: View) => listener(view);
    entry.listeners.add(own);
    own(entry.view);
    if (entry.listeners.size === 1 && welcome !== undefined) perform(entry, reducer.opened(entry.state));
    return () => {
      if (!entry.listeners.delete(own) || entry.listeners.size > 0) return;
      perform(entry, reducer.left(entry.state));
    };
  }

  function submit(entry: Entry, wish: Wish): Promise<Receipt> {
    return new Promise((resolve, reject) => {
      if (status === 'stopped') return reject(notSent());
      entry.unsent.push({ wish, resolve, reject });
      pump();
      show(entry);
    });
  }

  return {
    id,
    status: () => status,
    welcome: () => welcome,
    refresh: token => connection.refresh(token),
    retry: () => connection.retry(),
    close: () => connection.stop('client closed'),
    entity<T extends Json>(name: string): Entity<T> {
      const entry = entryOf(name);
      return {
        name,
        view: () => entry.view as View<T>,
        subscribe: listener => observe(entry, listener as (view: View) => void),
        send: async (ops, given = {}) => submit(entry, { ops: travelling(ops), ...given }),
      };
    },
  };
}

function sameMembers(a: object, b: object): boolean {
  const [ours, theirs] = [Object.entries(a), b as Readonly<Record<string, unknown>>];
  return ours.length === Object.keys(b).length && ours.every(([key, value]) => value === theirs[key]);
}

function newClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, byte => byte.toString(36).padStart(2, '0')).join('');
}
