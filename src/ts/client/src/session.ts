import type { Command, Outcome, Settled } from './command.js';
import type { ConnectionState } from './connection.js';
import { type ConnectionListener, createConnection } from './connection.js';
import type { Changed, ClientFrame, EntityFrame, Failed, Mutate, ServerFrame, Welcome } from './frames.js';
import type { Json } from './json.js';
import { EMPTY, framesOf, judged, type Mail, type MailStep, posted, repeated, unreadable } from './mail.js';
import type { Numbered } from './outbox.js';
import { backOff, type Surroundings } from './surroundings.js';
import type { Tokens } from './tokens.js';

/** Whom the session works for: the pages of this device, or one page alone. */
export interface SessionHost {
  /** The id to connect under. Rejects when this session may not connect (any more). */
  client(): Promise<string>;
  /** Numbers commands and keeps the numbers; undefined: this session is over. Rejects when that cannot be kept now. */
  number(commands: readonly Command[], startOver: readonly string[]): Promise<readonly Numbered[] | undefined>;
  /** Whether the server knows us as whom the stored commands belong to. */
  admits(welcome: Welcome): Promise<boolean>;
  /** The entity is about to be opened: where does what the page has of it stand? */
  opening(entity: string): { readonly epoch: number; readonly version: number } | undefined;
  /** The commands go on the wire now. */
  sending(commands: readonly Numbered[]): void;
  heard(frame: EntityFrame, settled: Settled): void;
  /** Settled without a frame of that entity. */
  settled(entity: string, settled: Settled): void;
  down(): void;
  state(state: ConnectionState, welcome: Welcome | undefined): void;
  readonly traffic: ConnectionListener['traffic'];
}

export interface Session {
  /** Observes the entity, or does no longer. */
  watch(entity: string, wanted: Watch | undefined): void;
  /** What the page has does not fit: asks for the whole document. */
  reload(entity: string): void;
  submit(command: Command): void;
  /** A change that somebody else was told may be the receipt of our command. */
  overhear(change: Changed): void;
  present(entity: string, data: Json): void;
  refresh(token: string): void;
  /** Timers may have been held back: says what is due. */
  tick(): void;
  wake(): void;
  pause(): void;
  resume(): void;
  reconnect(): void;
  stop(): void;
}

export interface Watch {
  readonly presence: boolean;
}

/** What the session has to do with one entity. */
interface Errand {
  readonly entity: string;
  mail: Mail;
  waiting: readonly Command[];
  /** Sent, not applied, to be numbered anew; they go before what waits. */
  again: readonly Command[];
  watch: Watch | undefined;
  open: boolean;
  presence: Json;
  attempt: number;
  cancelAgain: (() => void) | undefined;
}

/** Another session has settled the command, and its word did not reach us. */
const UNHEARD: Outcome = { version: 0, code: 'unavailable', detail: 'outcome: not heard of (expected: a receipt)' };

const NUMBER_AGAIN_MS = 1000;

/** Brings commands to the server, each exactly once and in order, and frames back, over as many connections as it takes. */
export function createSession(url: string, tokens: Tokens, outside: Surroundings, host: SessionHost): Session {
  const errands = new Map<string, Errand>();
  const frameBytes = new TextEncoder();
  let welcome: Welcome | undefined;
  let client = '';
  let connected: ConnectionState = { status: 'connecting', detail: '' };
  let careful = false;
  let numbering = false;
  let stopped = false;
  let trial: { readonly errand: Errand; readonly seq: number } | undefined;
  const connection = createConnection(url, tokens, outside, {
    client: async () => {
      client = await host.client();
      return client;
    },
    up: greeting => void up(greeting),
    down,
    frame: dispatch,
    state(state) {
      connected = state;
      host.state(state, welcome);
    },
    traffic: host.traffic,
  });

  async function up(greeting: Welcome): Promise<void> {
    if (!(await host.admits(greeting)) || stopped) return;
    welcome = greeting;
    host.state(connected, welcome);
    for (const errand of errands.values()) {
      errand.mail = repeated(errand.mail);
      if (errand.watch !== undefined) open(errand);
      if (!careful) resend(errand);
    }
    proceed();
  }

  function down(): void {
    welcome = undefined;
    trial = undefined;
    for (const errand of errands.values()) {
      errand.open = false;
      pause(errand);
    }
    host.down();
  }

  function dispatch(frame: ServerFrame): void {
    if (frame.t === 'error' && frame.entity === undefined) return complaint(frame);
    const errand = 'entity' in frame && frame.entity !== undefined ? errands.get(frame.entity) : undefined;
    if (errand === undefined) return;
    take(errand, judged(errand.mail, frame as EntityFrame, client), frame as EntityFrame);
    follow(errand, frame as EntityFrame);
    proceed();
  }

  function follow(errand: Errand, frame: EntityFrame): void {
    if (frame.t === 'state' || frame.t === 'changed' || frame.t === 'current') errand.attempt = 0;
    const ended = frame.t === 'closed' || (frame.t === 'error' && frame.re === 'open');
    if (!ended) return;
    errand.open = false;
    if (isPassing(frame.code)) later(errand, false);
  }

  /** The server passed over a frame and cannot say which, for it came too fast; or it could not read one, and hangs up now. */
  function complaint(error: Failed): void {
    if (error.code === 'overloaded' || error.code === 'unavailable') {
      for (const errand of errands.values()) {
        errand.open = false;
        later(errand, true);
      }
    } else if (error.code === 'bad-frame' || error.code === 'too-large' || error.code === 'too-deep') {
      const culprit = trial;
      trial = undefined;
      careful = true;
      if (culprit !== undefined) take(culprit.errand, unreadable(culprit.errand.mail, culprit.seq, error));
    }
  }

  /** After a frame that could not be read: one command at a time, until the one to blame is found or all are through. */
  function proceed(): void {
    if (!careful) return void pump();
    const tried = trial;
    if (tried?.errand.mail.unresolved.some(({ command }) => command.seq === tried.seq)) return;
    trial = undefined;
    for (const errand of errands.values()) {
      const [frame] = framesOf(errand.mail);
      if (frame === undefined) continue;
      trial = { errand, seq: frame.seq };
      return transmit(frame);
    }
    careful = false;
    void pump();
  }

  function take(errand: Errand, { mail, settled, resend: again, anew }: MailStep, frame?: EntityFrame): void {
    errand.mail = mail;
    errand.again = [...errand.again, ...anew];
    if (settled.length > 0) errand.attempt = 0;
    if (frame !== undefined) host.heard(frame, settled);
    else if (settled.length > 0) host.settled(errand.entity, settled);
    if (again) later(errand, true);
  }

  /** One pause per entity, however many frames ask for it; the first is short, for a mere reordering. */
  function later(errand: Errand, quick: boolean): void {
    if (errand.cancelAgain !== undefined) return;
    const wait = errand.attempt === 0 && quick ? 20 : backOff(errand.attempt, outside.random());
    errand.attempt += 1;
    errand.cancelAgain = outside.after(wait, () => {
      errand.cancelAgain = undefined;
      if (!errand.open && errand.watch !== undefined) open(errand);
      resend(errand);
    });
  }

  function resend(errand: Errand): void {
    for (const frame of framesOf(errand.mail)) {
      if (trial === undefined || (trial.errand === errand && trial.seq === frame.seq)) transmit(frame);
    }
  }

  function pause(errand: Errand): void {
    errand.cancelAgain?.();
    errand.cancelAgain = undefined;
  }

  function open(errand: Errand, whole = false): void {
    errand.open = true;
    const { entity, watch, presence } = errand;
    const position = whole ? undefined : host.opening(entity);
    transmit({ t: 'open', entity, ...position, ...(watch?.presence ? { presence: true } : {}) });
    if (presence !== null) transmit({ t: 'present', entity, data: presence });
  }

  function transmit(frame: ClientFrame): void {
    if (welcome !== undefined) connection.send(frame);
  }

  /** Numbers and sends what waits, each entity's commands in order, as long as there is room. */
  async function pump(): Promise<void> {
    if (numbering || careful || stopped || welcome === undefined) return;
    const [batch, startOver] = nextBatch(welcome);
    if (batch.length === 0) return;
    numbering = true;
    try {
      const numbered = await host.number(batch, startOver);
      if (numbered !== undefined && !stopped) depart(batch, numbered, startOver);
      numbering = false;
      if (numbered !== undefined) proceed();
    } catch {
      outside.after(NUMBER_AGAIN_MS, () => {
        numbering = false;
        proceed();
      });
    }
  }

  function nextBatch({ limits }: Welcome): readonly [batch: readonly Command[], startOver: readonly string[]] {
    const startOver: string[] = [];
    const batch = [...errands.values()].flatMap(errand => {
      const { mail, entity } = errand;
      if (mail.forgotten && mail.unresolved.length > 0) return [];
      errand.waiting = [...errand.again, ...errand.waiting].filter(
        command => !isTooLarge(errand, command, limits.frameBytes),
      );
      errand.again = [];
      if (mail.forgotten && errand.waiting.length > 0) startOver.push(entity);
      return errand.waiting.slice(0, Math.max(1, limits.inFlight) - mail.unresolved.length);
    });
    return [batch, startOver];
  }

  /** The server hangs up on longer frames, so the client refuses them itself. */
  function isTooLarge(errand: Errand, command: Command, limit: number): boolean {
    const [frame] = framesOf(posted(EMPTY, { ...command, seq: Number.MAX_SAFE_INTEGER })) as [Mutate];
    const bytes = frameBytes.encode(JSON.stringify(frame)).length;
    if (bytes <= limit) return false;
    const detail = `frame: ${bytes} bytes (expected: ≤ ${limit})`;
    host.settled(errand.entity, [[command.id, { version: 0, code: 'too-large', detail }]]);
    return true;
  }

  function depart(batch: readonly Command[], numbered: readonly Numbered[], startOver: readonly string[]): void {
    for (const entity of startOver) errandOf(entity).mail = EMPTY;
    const gone = new Map(batch.map(({ id, entity }) => [id, entity]));
    for (const entity of new Set(gone.values())) {
      const errand = errandOf(entity);
      errand.waiting = errand.waiting.filter(({ id }) => !gone.has(id));
    }
    host.sending(numbered);
    for (const command of numbered) {
      gone.delete(command.id);
      const errand = errandOf(command.entity);
      errand.mail = posted(errand.mail, command);
      if (!careful) transmit(framesOf(errand.mail).at(-1) as Mutate);
    }
    for (const [id, entity] of gone) host.settled(entity, [[id, UNHEARD]]);
  }

  function errandOf(entity: string): Errand {
    const known = errands.get(entity);
    if (known !== undefined) return known;
    const made: Errand = {
      ...{ entity, mail: EMPTY, waiting: [], again: [], watch: undefined },
      ...{ open: false, presence: null, attempt: 0, cancelAgain: undefined },
    };
    errands.set(entity, made);
    return made;
  }

  return {
    watch(entity, wanted) {
      const errand = errandOf(entity);
      const before = errand.watch;
      errand.watch = wanted;
      if (wanted === undefined) {
        if (errand.open) transmit({ t: 'close', entity });
        errand.open = false;
      } else if (welcome !== undefined && (!errand.open || before?.presence !== wanted.presence)) open(errand);
    },
    reload: entity => open(errandOf(entity), true),
    overhear: frame => take(errandOf(frame.entity), judged(errandOf(frame.entity).mail, frame, client)),
    submit(command) {
      const errand = errandOf(command.entity);
      const known = [...errand.waiting, ...errand.again, ...errand.mail.unresolved.map(one => one.command)];
      if (known.some(({ id }) => id === command.id)) return;
      const { seq } = command;
      if (seq !== undefined) errand.mail = posted(errand.mail, { ...command, seq }, true);
      else errand.waiting = [...errand.waiting, command];
      void pump();
    },
    present(entity, data) {
      const errand = errandOf(entity);
      errand.presence = data;
      if (errand.open) transmit({ t: 'present', entity, data });
    },
    refresh: connection.refresh,
    tick: connection.tick,
    wake: connection.wake,
    pause: connection.pause,
    resume: connection.resume,
    reconnect: connection.reconnect,
    stop() {
      stopped = true;
      for (const errand of errands.values()) pause(errand);
      connection.stop();
    },
  };
}

function isPassing(code: string): boolean {
  return code === 'unavailable' || code === 'overloaded' || code === 'quarantined' || code === 'internal';
}
