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

const text = (value: unknown) => typeof value === 'string';
const count = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const each = (members: string) => (value: unknown) => isArray(value) && value.every(item => fits(item, members));

/** No server takes documents as deep as that (its limit is 64), and what goes through them would end in the middle. */
const DEEPEST = 128;

function isFlat(value: unknown, left = DEEPEST): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return left > 0 && Object.values(value).every(item => isFlat(item, left - 1));
}

/** What is neither a text nor a count. */
const MEMBERS: Readonly<Record<string, (value: unknown) => boolean>> = {
  limits: limits => fits(limits, '#frameBytes #open #inFlight'),
  changes: each('#version client #seq by #at'),
  all: each('session client by *data'),
  put: each('session client by *data'),
  ops: ops => isArray(ops) && isFlat(ops),
  gone: isArray,
};

/**
 * The members a server's frame must have, whatever else it has is ignored: texts, counts behind `#`, any JSON behind `*`. Behind
 * `?` stand those it need not have.
 */
const FRAMES: Readonly<Record<ServerFrame['t'], string>> = {
  welcome: 'session node subject #heartbeatMs #serverTime limits',
  state: 'entity #epoch #version *doc',
  changed: 'entity #from #version ops changes',
  current: 'entity #epoch #version',
  accepted: 'entity #seq #version',
  refused: 'entity #seq code detail #version ?pointer',
  gap: 'entity #expected',
  presence: 'entity ?all ?put ?gone',
  closed: 'entity code detail',
  goaway: 'code detail #retryAfterMs',
  error: 'code detail ?re ?entity',
  pong: '*n',
};

function fits(value: unknown, members: string): boolean {
  if (!isObject(value)) return false;
  return members.split(' ').every(member => {
    const [mark, name] = [member[0], member.replace(/\W/, '')];
    const given = value[name];
    if (given === undefined) return mark === '?';
    if (mark === '*') return isFlat(given);
    return (mark === '#' ? count : (MEMBERS[name] ?? text))(given);
  });
}

/** The server's frame in a text message; undefined if its name is unknown (newer servers may have more). Throws on nonsense. */
export function decode(message: unknown): ServerFrame | undefined {
  const frame = typeof message === 'string' ? JSON.parse(message) : undefined;
  const name: unknown = frame?.t;
  if (typeof name === 'string') {
    if (!Object.hasOwn(FRAMES, name)) return undefined;
    if (fits(frame, FRAMES[name as ServerFrame['t']])) return frame;
  }
  throw new Error(`frame: ${message} (expected: one of the protocol)`);
}
