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

/** Errors that pass: the same may fare better a moment later. */
export const PASSING: ReadonlySet<string> = new Set<ErrorCode>([
  'unavailable',
  'overloaded',
  'quarantined',
  'internal',
]);

/** What members are: text, count (an integer from 0 on), list, json; or a list of, or an object with such members. `?`: need not be there. */
type Shape = string | readonly [Shape] | { readonly [member: string]: Shape };

const change: Shape = { version: 'count', client: 'text', seq: 'count', by: 'text', at: 'count' };
const present: Shape = [{ session: 'text', client: 'text', by: 'text', data: 'json' }];
const at = { entity: 'text', epoch: 'count', version: 'count' };
const reason = { code: 'text', detail: 'text' };

/** The members a server's frame must have; whatever else it has is ignored. */
const SHAPES: Readonly<Record<ServerFrame['t'], { readonly [member: string]: Shape }>> = {
  welcome: {
    ...{ session: 'text', node: 'text', subject: 'text', heartbeatMs: 'count', serverTime: 'count' },
    limits: { frameBytes: 'count', open: 'count', inFlight: 'count' },
  },
  state: { ...at, doc: 'json' },
  changed: { entity: 'text', from: 'count', version: 'count', ops: 'list', changes: [change] },
  current: at,
  accepted: { entity: 'text', seq: 'count', version: 'count' },
  refused: { ...reason, entity: 'text', seq: 'count', version: 'count', 'pointer?': 'text' },
  gap: { entity: 'text', expected: 'count' },
  presence: { entity: 'text', 'all?': present, 'put?': present, 'gone?': 'list' },
  closed: { ...reason, entity: 'text' },
  goaway: { ...reason, retryAfterMs: 'count' },
  error: { ...reason, 're?': 'text', 'entity?': 'text' },
  pong: { n: 'json' },
};

function fits(value: unknown, shape: Shape): boolean {
  if (shape === 'text') return typeof value === 'string';
  if (shape === 'count') return Number.isSafeInteger(value) && (value as number) >= 0;
  if (shape === 'json') return value !== undefined;
  if (typeof shape === 'string') return isArray(value as Json);
  if (isArray(shape as Json))
    return isArray(value as Json) && (value as unknown[]).every(item => fits(item, (shape as readonly [Shape])[0]));
  return (
    isObject(value as Json) &&
    Object.entries(shape).every(([name, part]) => {
      const member = (value as { readonly [name: string]: unknown })[name.replace('?', '')];
      return (member === undefined && name.endsWith('?')) || fits(member, part);
    })
  );
}

/** The server's frame in a text message; undefined if its name is unknown (newer servers may have more). Throws on nonsense. */
export function decode(message: unknown): ServerFrame | undefined {
  const frame = typeof message === 'string' ? JSON.parse(message) : undefined;
  const name: unknown = frame?.t;
  if (typeof name === 'string' && !Object.hasOwn(SHAPES, name)) return undefined;
  if (typeof name === 'string' && fits(frame, SHAPES[name as ServerFrame['t']])) return frame;
  throw new Error(`frame: ${message} (expected: one of the protocol)`);
}
