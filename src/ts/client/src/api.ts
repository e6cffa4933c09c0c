import type { ConnectionListener, ConnectionStatus, TokenSource } from './connection.js';
import type { Welcome } from './frames.js';
import type { Json } from './json.js';
import type { Op } from './patch.js';
import type { Receipt, View } from './reducer.js';
import type { Socket } from './surroundings.js';

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
  /** Unless online: connects at once instead of waiting. */
  retry(): void;
  close(): void;
}
