import type { ConnectOptions, Status } from './api.js';
import type { ClientFrame, ServerFrame, Welcome } from './frames.js';

/** How it is connected, or why not. */
export interface ConnectionState {
  readonly status: Status;
  readonly detail: string;
  readonly latencyMs?: number | undefined;
  readonly retryAt?: number | undefined;
}

/** Whom a connection works for. */
export interface ConnectionListener {
  /** Whether we may connect now, and under which id; rejects if not. */
  client(): Promise<string>;
  up(welcome: Welcome): void;
  frame(frame: ServerFrame): void;
  down(): void;
  state(state: ConnectionState): void;
  readonly traffic: ConnectOptions['onFrame'];
}

/** One session over as many sockets as it takes. */
export interface Connection {
  state(): ConnectionState;
  send(frame: ClientFrame): void;
  refresh(token: string): void;
  /** Timers of hidden pages are held back: beats, or dials, if that is due. */
  tick(): void;
  /** The page may have slept: tries at once, or makes sure that the socket still lives. */
  wake(): void;
  pause(): void;
  resume(): void;
  reconnect(): void;
  /** The server greeted whom we work for: from now on this is a connection. */
  admit(): void;
  /** The server takes this token, but whose it is, is not whom we work for: another one is needed. */
  refuse(why: string): void;
  stop(): void;
}
