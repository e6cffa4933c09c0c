import type { Json } from './json.js';
import { isArray, isObject } from './json.js';
import type { Op } from './patch.js';

export type ErrorCode =
  | ('bad-frame' | 'unknown-frame' | 'too-large' | 'too-deep' | 'unauthenticated' | 'forbidden' | 'unknown-kind')
  | ('bad-entity' | 'bad-patch' | 'no-such-path' | 'test-failed' | 'version-mismatch' | 'invalid' | 'limit' | 'gap')
  | ('expired-client' | 'overloaded' | 'quarantined' | 'unavailable' | 'internal');

/** What the client says: verbs. */
export type ClientFrame =
  | { readonly t: 'hello'; readonly client: string; readonly token?: string }
  | { readonly t: 'refresh'; readonly token: string }
  | Open
  | { readonly t: 'close'; readonly entity: string }
  | Mutate
  | { readonly t: 'present'; readonly entity: string; readonly data: Json }
  | { readonly t: 'ping'; readonly n: number };

export interface Open {
  readonly t: 'open';
  readonly entity: string;
  readonly epoch?: number;
  readonly version?: number;
  readonly presence?: boolean;
}

export interface Mutate {
  readonly t: 'mutate';
  readonly entity: string;
  readonly seq: number;
  readonly after: number;
  readonly ops: readonly Op[];
  readonly if?: number;
}

/** What the server says: facts. */
export type ServerFrame = Welcome | EntityFrame | GoAway | Pong;
export type EntityFrame = State | Changed | Current | Accepted | Refused | Gap | Presence | Closed | Failed;

export interface Welcome {
  readonly t: 'welcome';
  readonly session: string;
  readonly node: string;
  readonly subject: string;
  readonly heartbeatMs: number;
  readonly serverTime: number;
  readonly limits: { readonly frameBytes: number; readonly open: number; readonly inFlight: number };
}

export interface State {
  readonly t: 'state';
  readonly entity: string;
  readonly epoch: number;
  readonly version: number;
  readonly doc: Json;
}

/** Who made one version, and when (milliseconds since 1970 by the server's clock). */
export interface Change {
  readonly version: number;
  readonly client: string;
  readonly seq: number;
  readonly by: string;
  readonly at: number;
}

export interface Changed {
  readonly t: 'changed';
  readonly entity: string;
  readonly from: number;
  readonly version: number;
  readonly ops: readonly Op[];
  readonly changes: readonly Change[];
}

export interface Current {
  readonly t: 'current';
  readonly entity: string;
  readonly epoch: number;
  readonly version: number;
}

export interface Accepted {
  readonly t: 'accepted';
  readonly entity: string;
  readonly seq: number;
  readonly version: number;
  readonly duplicate?: boolean;
}

export interface Refused {
  readonly t: 'refused';
  readonly entity: string;
  readonly seq: number;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly pointer?: string;
  readonly version: number;
}

export interface Gap {
  readonly t: 'gap';
  readonly entity: string;
  readonly expected: number;
}

export interface Present {
  readonly session: string;
  readonly client: string;
  readonly by: string;
  readonly data: Json;
}

export interface Presence {
  readonly t: 'presence';
  readonly entity: string;
  readonly all?: readonly Present[];
  readonly put?: readonly Present[];
  readonly gone?: readonly string[];
}

export interface Closed {
  readonly t: 'closed';
  readonly entity: string;
  readonly code: ErrorCode;
  readonly detail: string;
}

export interface Failed {
  readonly t: 'error';
  readonly code: ErrorCode;
  readonly detail: string;
  readonly re?: string;
  readonly entity?: string;
}

export interface GoAway {
  readonly t: 'goaway';
  readonly code: 'draining' | 'expired' | 'revoked' | 'overloaded' | 'protocol';
  readonly detail: string;
  readonly retryAfterMs: number;
}

export interface Pong {
  readonly t: 'pong';
  readonly n: number;
}

type Shape = Readonly<Record<string, (value: unknown) => boolean>>;

const text = (value: unknown) => typeof value === 'string';
const count = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const any = (value: unknown) => value !== undefined;
const list = (shape: Shape) => (value: unknown) => isArray(value) && value.every(item => fits(item, shape));
const optional = (check: (value: unknown) => boolean) => (value: unknown) => value === undefined || check(value);

const change: Shape = { version: count, client: text, seq: count, by: text, at: count };
const present: Shape = { session: text, client: text, by: text, data: any };
const limits = (value: unknown) => fits(value, { frameBytes: count, open: count, inFlight: count });

/** The members a server's frame must have; whatever else it has is ignored. */
const SHAPES: Readonly<Record<ServerFrame['t'], Shape>> = {
  welcome: { session: text, node: text, subject: text, heartbeatMs: count, serverTime: count, limits },
  state: { entity: text, epoch: count, version: count, doc: any },
  changed: { entity: text, from: count, version: count, ops: isArray, changes: list(change) },
  current: { entity: text, epoch: count, version: count },
  accepted: { entity: text, seq: count, version: count },
  refused: { entity: text, seq: count, code: text, detail: text, version: count, pointer: optional(text) },
  gap: { entity: text, expected: count },
  presence: { entity: text, all: optional(list(present)), put: optional(list(present)), gone: optional(isArray) },
  closed: { entity: text, code: text, detail: text },
  goaway: { code: text, detail: text, retryAfterMs: count },
  error: { code: text, detail: text, re: optional(text), entity: optional(text) },
  pong: { n: any },
};

function fits(value: unknown, shape: Shape): boolean {
  return isObject(value) && Object.entries(shape).every(([name, check]) => check(value[name]));
}

/** The server's frame in a text message; undefined if its name is unknown (newer servers may have more). Throws on nonsense. */
export function decode(message: unknown): ServerFrame | undefined {
  const frame: unknown = typeof message === 'string' ? JSON.parse(message) : undefined;
  if (!isObject(frame) || typeof frame['t'] !== 'string') throw new Error('frame: no object with t (expected: one)');
  const name = frame['t'];
  if (!Object.hasOwn(SHAPES, name)) return undefined;
  if (fits(frame, SHAPES[name as ServerFrame['t']])) return frame as unknown as ServerFrame;
  throw new Error(`${name}: ${message} (expected: its members)`);
}
