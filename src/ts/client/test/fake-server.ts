import type { Change, ClientFrame, ErrorCode, GoAway, Mutate, Present, ServerFrame } from '../src/frames.js';
import type { Json } from '../src/json.js';
import { obtain } from '../src/obtain.js';
import { claimsOf } from '../src/tokens.js';
import { type Document, judge, newDocument, type Outcome } from './fake-documents.js';

/** One client's line to the fake server: what the server says goes to `say`. */
export interface Line {
  hear(text: string): void;
  gone(): void;
}

export interface Mouth {
  say(text: string): void;
  hangUp(): void;
}

interface Session {
  readonly mouth: Mouth;
  readonly name: string;
  client: string;
  subject: string;
  readonly open: Set<string>;
  readonly attends: Set<string>;
  readonly presence: Map<string, Json>;
}

export interface FakeOptions {
  readonly initial?: Readonly<Record<string, Json>>;
  readonly kinds?: readonly string[];
  readonly inFlight?: number;
  readonly frameBytes?: number;
  /** Frames with this in them cannot be read. */
  readonly indigestible?: string;
  /** Tokens that are refused. */
  readonly badTokens?: readonly string[];
  readonly now?: () => number;
  /** Whether one more command to the entity may be judged now; else it is too fast. */
  readonly admit?: (entity: string) => boolean;
  /** Most entities a session may have open. */
  readonly open?: number;
}

export interface FakeServer {
  accept(mouth: Mouth): Line;
  /** Says goodbye to everyone; the sockets stay open until the clients or `hangUp` end them. */
  goAway(code: GoAway['code'], retryAfterMs: number): void;
  hangUp(): void;
  /** Everyone hears this text. */
  babble(text: string): void;
  /** Nobody observes the entity any more. */
  close(entity: string, code: ErrorCode): void;
  /** The next so many commands vanish unheard. */
  dropCommands(count: number): void;
  /** While true every command is answered `unavailable` and takes no effect. */
  unavailable(on: boolean): void;
  /** The next so many frames are passed over, as when they come too fast. */
  passOver(count: number): void;
  /** The entity forgets every client. */
  forget(entity: string): void;
  /** A restore: another history with another document. */
  restore(entity: string, doc: Json, version: number): void;
  document(entity: string): { readonly doc: Json; readonly version: number; readonly epoch: number };
  readonly heard: readonly ClientFrame[];
}

/** A Holdfast server of one process that remembers nothing: the protocol as clients meet it, for tests. */
export function createFakeServer(options: FakeOptions = {}): FakeServer {
  const documents = new Map<string, Document>();
  const sessions = new Set<Session>();
  /** What was told as expected last, by session and entity: told once, it is told for all behind it. */
  const gaps = new Map<string, number>();
  const heard: ClientFrame[] = [];
  const now = options.now ?? (() => Date.now());
  let counter = 0;
  let dropping = 0;
  let down = false;
  let passing = 0;

  function documentOf(name: string): Document {
    const initial = () => options.initial?.[name] ?? options.initial?.[name.split('/')[0] as string] ?? null;
    return obtain(documents, name, () => newDocument(initial()));
  }

  function say(session: Session, frame: ServerFrame): void {
    session.mouth.say(JSON.stringify(frame));
  }

  function hello(session: Session, frame: ClientFrame & { t: 'hello' }): void {
    if (options.badTokens?.includes(frame.token ?? '')) {
      say(session, { t: 'error', code: 'unauthenticated', detail: 'token: bad (expected: a good one)', re: 'hello' });
      say(session, { t: 'goaway', code: 'expired', detail: 'token: bad', retryAfterMs: 0 });
      sessions.delete(session);
      return session.mouth.hangUp();
    }
    session.client = frame.client;
    session.subject = claimsOf(frame.token).subject;
    say(session, {
      t: 'welcome',
      session: session.name,
      node: 'fake',
      subject: session.subject,
      heartbeatMs: 10_000,
      serverTime: now(),
      limits: { frameBytes: options.frameBytes ?? 1_048_576, open: 256, inFlight: options.inFlight ?? 64 },
    });
  }

  function open(session: Session, frame: ClientFrame & { t: 'open' }): void {
    const { entity, epoch, version } = frame;
    if (options.kinds !== undefined && !options.kinds.includes(entity.split('/')[0] as string)) {
      return say(session, { t: 'error', code: 'unknown-kind', detail: `kind: ${entity}`, re: 'open', entity });
    }
    if (session.open.size >= (options.open ?? 256) && !session.open.has(entity))
      return say(session, { t: 'error', code: 'limit', detail: 'open: too many', re: 'open', entity });
    const document = documentOf(entity);
    session.open.add(entity);
    session.attends[frame.presence ? 'add' : 'delete'](entity);
    greet(session, entity, epoch, version, document);
    if (frame.presence) say(session, { t: 'presence', entity, all: presentAt(entity) });
  }

  function presentAt(entity: string): readonly Present[] {
    return [...sessions].flatMap(({ name, client, subject, presence }) =>
      presence.has(entity) ? [{ session: name, client, by: subject, data: presence.get(entity) as Json }] : [],
    );
  }

  function present(session: Session, entity: string, data: Json): void {
    if (data === null) session.presence.delete(entity);
    else session.presence.set(entity, data);
    const news =
      data === null
        ? { gone: [session.name] }
        : { put: [{ session: session.name, client: session.client, by: session.subject, data }] };
    for (const one of sessions) if (one.attends.has(entity)) say(one, { t: 'presence', entity, ...news });
  }

  function leave(session: Session): void {
    sessions.delete(session);
    for (const entity of session.presence.keys()) present(session, entity, null);
  }

  function greet(
    session: Session,
    entity: string,
    epoch: number | undefined,
    version: number | undefined,
    document: Document,
  ): void {
    if (version === undefined || epoch !== document.epoch || version > document.version) {
      const { doc } = document;
      return say(session, { t: 'state', entity, epoch: document.epoch, version: document.version, doc });
    }
    const missed = document.journal.filter(({ change }) => change.version > version);
    if (missed.length === 0) return say(session, { t: 'current', entity, epoch, version });
    const [ops, changes] = [missed.flatMap(one => one.ops), missed.map(one => one.change)];
    say(session, { t: 'changed', entity, from: version, version: document.version, ops, changes });
  }

  function mutate(session: Session, frame: Mutate): void {
    const { entity, seq } = frame;
    const document = documentOf(entity);
    if (dropping > 0) {
      dropping -= 1;
      return;
    }
    if (down) {
      const { version } = document;
      return say(session, { t: 'refused', entity, seq, code: 'unavailable', detail: 'journal: away', version });
    }
    const outcomes = document.outcomes.get(session.client) ?? new Map<number, Outcome>();
    document.outcomes.set(session.client, outcomes);
    const before = outcomes.get(seq);
    if (before !== undefined) return answer(session, frame, before, true);
    const decided = Math.max(0, ...outcomes.keys());
    if (decided === 0 && document.forgot && seq > 1) {
      const { version } = document;
      return say(session, { t: 'refused', entity, seq, code: 'expired-client', detail: 'client: forgotten', version });
    }
    if (frame.after > decided) {
      const key = `${session.name} ${entity}`;
      if (gaps.get(key) !== decided) say(session, { t: 'gap', entity, expected: decided });
      gaps.set(key, decided);
      return;
    }
    gaps.delete(`${session.name} ${entity}`);
    if (options.admit?.(entity) === false)
      return say(session, { t: 'error', code: 'overloaded', detail: 'commands per second', re: 'mutate', entity });
    const outcome = judge(document, frame, now());
    outcomes.set(seq, outcome);
    if (outcome.refusal !== undefined) return answer(session, frame, outcome, false);
    tell(session, document, frame);
  }

  function answer(session: Session, { entity, seq }: Mutate, outcome: Outcome, duplicate: boolean): void {
    const { version, refusal } = outcome;
    if (refusal !== undefined) return say(session, { t: 'refused', entity, seq, version, ...refusal });
    say(session, { t: 'accepted', entity, seq, version, ...(duplicate ? { duplicate } : {}) });
  }

  function tell(author: Session, document: Document, { entity, seq, ops }: Mutate): void {
    const { version, epoch, doc } = document;
    const begins = version === 1;
    const change: Change = { version, client: author.client, seq, by: author.subject, at: now() };
    document.journal.push({ change, ops });
    // The first change founds the epoch and so reaches everyone as a whole state, which carries no receipt.
    if (begins || !author.open.has(entity)) say(author, { t: 'accepted', entity, seq, version });
    for (const session of sessions) {
      if (!session.open.has(entity)) continue;
      if (begins) say(session, { t: 'state', entity, epoch, version, doc });
      else say(session, { t: 'changed', entity, from: version - 1, version, ops, changes: [change] });
    }
  }

  function listen(session: Session, text: string): void {
    if (passing > 0) {
      passing -= 1;
      return say(session, { t: 'error', code: 'overloaded', detail: 'frames per second: too many' });
    }
    if (options.indigestible !== undefined && text.includes(options.indigestible)) {
      say(session, { t: 'error', code: 'too-deep', detail: 'frame: too deep' });
      say(session, { t: 'goaway', code: 'protocol', detail: 'frame: not understood', retryAfterMs: 0 });
      sessions.delete(session);
      return session.mouth.hangUp();
    }
    handle(session, JSON.parse(text));
  }

  function handle(session: Session, frame: ClientFrame): void {
    heard.push(frame);
    switch (frame.t) {
      case 'hello':
        return hello(session, frame);
      case 'open':
        return open(session, frame);
      case 'close':
        session.open.delete(frame.entity);
        return;
      case 'mutate':
        return mutate(session, frame);
      case 'present':
        return present(session, frame.entity, frame.data);
      case 'ping':
        return say(session, { t: 'pong', n: frame.n });
      default:
        return;
    }
  }

  return {
    heard,
    accept(mouth) {
      counter += 1;
      const session: Session = {
        mouth,
        name: `s-${counter}`,
        client: '',
        subject: '',
        open: new Set(),
        attends: new Set(),
        presence: new Map(),
      };
      sessions.add(session);
      return {
        hear(text) {
          if (sessions.has(session)) listen(session, text);
        },
        gone: () => leave(session),
      };
    },
    goAway(code, retryAfterMs) {
      for (const session of sessions) say(session, { t: 'goaway', code, detail: `node: ${code}`, retryAfterMs });
    },
    babble(text) {
      for (const { mouth } of sessions) mouth.say(text);
    },
    hangUp() {
      for (const session of [...sessions]) {
        leave(session);
        session.mouth.hangUp();
      }
    },
    close(entity, code) {
      for (const session of sessions)
        if (session.open.delete(entity)) say(session, { t: 'closed', entity, code, detail: 'test' });
    },
    dropCommands(count) {
      dropping = count;
    },
    unavailable(on) {
      down = on;
    },
    passOver(count) {
      passing = count;
    },
    forget(entity) {
      const document = documentOf(entity);
      document.outcomes.clear();
      document.forgot = true;
    },
    restore(entity, doc, version) {
      const { epoch } = documentOf(entity);
      documents.set(entity, newDocument(doc, epoch + 1, version));
    },
    document: documentOf,
  };
}
