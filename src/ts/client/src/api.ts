import type { HoldfastError } from './errors.js';
import type { ClientFrame, ErrorCode, ServerFrame } from './frames.js';
import type { Json } from './json.js';
import type { Op } from './patch.js';

/** The value a recipe may change in place; what it does becomes the ops of one command. */
export type Draft<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer E)[]
    ? number extends T['length']
      ? Draft<E>[]
      : { -readonly [K in keyof T]: Draft<T[K]> }
    : T extends object
      ? { -readonly [K in keyof T]: Draft<T[K]> }
      : T;

/**
 * Changes its draft in place, which becomes one command; or leaves it alone and returns a whole new value. What arrows return
 * without meaning to (`draft => draft.list.push(item)`, `draft => draft.list.splice(0, 1)`) is no value.
 */
export type Recipe<T> = (draft: Draft<T>) => T | Draft<T> | Unmeant<T>;
type Unmeant<T> =
  | string
  | number
  | boolean
  | null
  | undefined
  // biome-ignore lint/suspicious/noConfusingVoidType: recipes that return nothing are the usual ones.
  | void
  | (T extends readonly unknown[] ? never : readonly unknown[]);

/** What proves who we are: a token, or a function that is asked for a fresh one whenever one is needed. */
export type TokenSource = string | (() => string | undefined | Promise<string | undefined>);

/** The part of a WebSocket the client uses; browsers' and Node's `ws` both have it. */
export interface Socket {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(text: string): void;
  close(): void;
}

/** Which member names the elements of the array at a pointer, as in a kind's `keys`: `{ "/todos": "id" }`. */
export type Keys = Readonly<Record<string, string>>;

/** A page as tools for developers see it. */
export interface Inspected {
  /** Every document as it is shown, whatever time it is travelled to. */
  documents(): Readonly<Record<string, Json>>;
  onChange(listener: (entity: string, snapshot: Snapshot) => void): void;
  /** Shows documents as they were; undefined: as they are. */
  travel(documents: Readonly<Record<string, Json>> | undefined): void;
}

export interface ConnectOptions {
  /** Where the server is: `http(s)://` or `ws(s)://host[:port]`; without a path, `/v1/socket` is meant. */
  readonly url: string;
  readonly token?: TokenSource | undefined;
  /** Whose stored state this is. Default: the token's subject, or `anonymous`. */
  readonly account?: string | undefined;
  /** Whether commands and documents are kept on this device, and shared by its tabs. Default: where there are IndexedDB and BroadcastChannel. */
  readonly persist?: boolean | undefined;
  /** The arrays of each kind whose elements have keys. Default: as the server says. */
  readonly kinds?: Readonly<Record<string, { readonly keys?: Keys | undefined }>> | undefined;
  /** Looks into the page, as `devtools` of `@holdfast/client/devtools` does for the Redux DevTools. */
  readonly devtools?: ((page: Inspected) => void) | undefined;
  /** For Node before 22, which has no WebSocket of its own. */
  readonly WebSocket?: (new (url: string, protocol: string) => Socket) | undefined;
  /** Hears every frame that crosses this client's wire. */
  readonly onFrame?: ((direction: 'in' | 'out', frame: ClientFrame | ServerFrame) => void) | undefined;
}

/**
 * - `connecting`: on the way to a server for the first time, or once more;
 * - `online`: what is done here reaches the server at once;
 * - `offline`: nobody answers, or `pause` was called; it is tried again by itself, nothing is lost;
 * - `needs-auth`: the server refuses the token, its source fails, or it is somebody else's than the commands kept here. A token
 *   source is asked again by itself; else give a token to `refresh`, after asking the user to sign in;
 * - `draining`: the node said that it stops, and the next one has not answered yet;
 * - `closed`: `close` was called. It stays so.
 */
export type Status = 'connecting' | 'online' | 'offline' | 'needs-auth' | 'draining' | 'closed';

export interface ConnectionInfo {
  readonly status: Status;
  /** Why, for people; empty when all is well. */
  readonly detail: string;
  /** Milliseconds from the last ping to its pong. */
  readonly latencyMs?: number | undefined;
  readonly node?: string | undefined;
  readonly subject?: string | undefined;
  /** Whether it is this tab that holds the connection all tabs share. */
  readonly leader: boolean;
  /** Whether there is no connection because `pause` was called, in this tab or another, and `resume` was not yet. */
  readonly paused: boolean;
  /** When the next attempt to connect is due, in milliseconds since 1970. */
  readonly retryAt?: number | undefined;
}

/** A value that can be read at any time, and whose changes can be heard. A listener is not told the value as it is now. */
export interface Observable<V> {
  get(): V;
  subscribe(listener: (value: V) => void): () => void;
}

export type Connection = Observable<ConnectionInfo>;
/** A part of a document; its listeners are told only when that part has changed. */
export type Selection<S> = Observable<S>;

/**
 * - `loading`: nothing is known yet, and there is no value;
 * - `stale`: what is shown was true once (this device kept it, or the connection is gone), and is catching up;
 * - `live`: as the server has it, with the pending changes of this device on top;
 * - `closed`: the server ended the observation or did not begin one, for the reason in `error`.
 */
export type EntityStatus = 'loading' | 'stale' | 'live' | 'closed';

/** What the server said instead: its code, and for people what was wrong and what was expected. */
export interface Problem {
  readonly code: ErrorCode;
  readonly detail: string;
}

export interface Snapshot<T = Json> {
  /** The document as if all pending commands were accepted; null while there is none. */
  readonly value: T | null;
  /** The document without them. */
  readonly confirmed: T | null;
  readonly version: number;
  readonly epoch: number;
  readonly status: EntityStatus;
  /** How many commands have no receipt yet. */
  readonly pending: number;
  /** Why the server ended the observation. */
  readonly error?: Problem | undefined;
}

/** The server's word that a command is committed. `duplicate`: it had been before it was sent this time. */
export interface Receipt {
  readonly version: number;
  readonly duplicate: boolean;
}

/**
 * One command on its way. Whoever does not wait for its promises never hears of their failure; `onRefused` does. A recipe that
 * changes nothing makes no command: its change has an empty id and the receipt of what is there.
 */
export interface Change {
  readonly id: string;
  /** It is shown already. */
  readonly local: true;
  /** Resolves when the command is kept on this device; rejects with code `storage` if it is not, and it is sent all the same. */
  readonly durable: Promise<void>;
  /**
   * Resolves when it is committed. Rejects with a `HoldfastError`: the server's code and reason if it is refused, and then it has
   * no effect. Three codes say less: `expired-client` (it was sent before, refused or accepted, and the server remembers no
   * longer which), `unavailable` (the tab that heard what became of it is gone) and `closed` (`close` was called; what is
   * `durable` is sent by the next page). Only the document tells then.
   */
  readonly receipt: Promise<Receipt>;
}

/** A command the server refused: what was meant to happen, and why it did not, so that an app can offer the text back. */
export interface Refusal<T = Json> {
  readonly id: string;
  readonly ops: readonly Op[];
  readonly error: HoldfastError;
  /** The document as the user saw it with the command in it, if this page saw it. */
  readonly value?: T | null | undefined;
}

export interface UpdateOptions {
  /** Apply only if the entity is at exactly this version. */
  readonly if?: number | undefined;
  /** Changes of one run, each within a second of the one before, are taken back together: what somebody types in a field, say. */
  readonly run?: string | undefined;
}

/** Another session that has the entity open, and what it tells of itself. */
export interface Present<P = Json> {
  readonly session: string;
  readonly client: string;
  readonly by: string;
  readonly data: P;
}

export interface Presence<P = Json> extends Observable<readonly Present<P>[]> {
  /**
   * Tells the others, for as long as somebody here subscribes to the entity or to this; null takes it back. All tabs are one
   * client: of what they tell, the newest counts. Throws a TypeError for more than 4 KiB of JSON, or 32 levels.
   */
  set(data: P | null): void;
}

/** What entities and local entities have in common. */
export interface Editable<T> extends Observable<Snapshot<T>> {
  readonly name: string;
  /** `undefined` while there is no document. */
  select<S>(selector: (value: T) => S, equal?: (a: S, b: S) => boolean): Selection<S | undefined>;
  /**
   * Changes what is shown, at once. Where there is no document yet the draft is null, and `set` makes one. What the recipe
   * throws, this throws, and nothing has changed.
   */
  update(recipe: Recipe<T>, options?: UpdateOptions): Change;
  /** Puts the value in place of the whole document, whatever others have done to it meanwhile. */
  set(value: T, options?: UpdateOptions): Change;
  /** Exactly these ops. Those that do not apply here show nothing, and the server refuses them. */
  patch(ops: readonly Op[], options?: UpdateOptions): Change;
  /**
   * Takes back what this page last did here and was not refused, as an ordinary command; or does it again. Undefined when nothing
   * is left of that. Whoever subscribes hears when `canUndo` or `canRedo` may be different. The last 100 changes, or runs of them, can be taken back, as long as this page lives.
   */
  undo(): Change | undefined;
  redo(): Change | undefined;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

/** One document of the server, observed as long as somebody subscribes. */
export interface Entity<T = Json, P = Json> extends Editable<T> {
  delete(options?: UpdateOptions): Change;
  readonly presence: Presence<P>;
  /** Hears of commands that were refused, also of those that pages before this one left behind. */
  onRefused(listener: (refusal: Refusal<T>) => void): () => void;
}

/**
 * A document that never leaves this device. Its status is always `live` once it is read. `durable` of its changes says that they
 * are kept, where they are to be; else it says nothing.
 */
export interface Local<T = Json> extends Editable<T> {}

/** A command without a receipt: `shown` only, `durable` on this device, or `sent` and perhaps judged already. */
export interface PendingCommand {
  readonly id: string;
  readonly entity: string;
  readonly seq?: number | undefined;
  readonly state: 'shown' | 'durable' | 'sent';
  readonly ops: readonly Op[];
  /** When it was made, in milliseconds since 1970. */
  readonly at: number;
}

export interface LocalOptions<T> {
  /** Whether it is kept on this device and shared by all tabs. Default: as it was asked for first; no. */
  readonly persist?: boolean | undefined;
  /** What it is before anybody changed it; only who asks for it first is heard. Default: null. */
  readonly initial?: T | undefined;
}

export interface Holdfast {
  /** The id under which commands are numbered; empty until this device's storage is open. */
  readonly client: string;
  readonly status: Status;
  readonly connection: Connection;
  /** `kind/id`. The same name gives the same object. */
  entity<T = Json, P = Json>(name: string): Entity<T, P>;
  local<T = Json>(name: string, options?: LocalOptions<T>): Local<T>;
  /** The commands without a receipt, of all tabs. */
  pending(): readonly PendingCommand[];
  subscribePending(listener: () => void): () => void;
  /** A newer token of the same subject. */
  refresh(token: string): void;
  /** An offline switch: no connection until `resume`; everything else works. */
  pause(): void;
  resume(): void;
  /** Drops the connection and makes a new one at once. */
  reconnect(): void;
  /** Ends it for this page. Receipts that are not there yet reject with `closed`; what is kept is sent by the next page. */
  close(): Promise<void>;
}
