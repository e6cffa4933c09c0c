import type { Command, Settled } from './command.js';
import { createConnection } from './connection.js';
import { createDeparture } from './departure.js';
import { type Errand, newErrand, PATIENCE_MS } from './errand.js';
import {
  type Changed,
  type ClientFrame,
  type EntityFrame,
  type Failed,
  PASSING,
  type ServerFrame,
  type Welcome,
} from './frames.js';
import type { SessionHost } from './host.js';
import type { Json } from './json.js';
import { framesOf, judged, type MailStep, posted, repeated, unreadable } from './mail.js';
import type { Watch } from './messages.js';
import { obtain } from './obtain.js';
import { backOff, type Surroundings } from './surroundings.js';
import type { Tokens } from './tokens.js';
import { createTrial } from './trial.js';
import type { Connection, ConnectionState } from './wire.js';

export interface Session extends Omit<Connection, 'send' | 'admit' | 'refuse' | 'stop'> {
  watch(entity: string, wanted: Watch): void;
  reload(entity: string): void;
  submit(command: Command): void;
  /** A change that somebody else was told may be the receipt of our command. */
  overhear(change: Changed): void;
  present(entity: string, data: Json): void;
  stop(): void;
}

const AGAIN_MS = 1000;
/** Brings commands to the server, each exactly once and in order, and frames back, over as many connections as it takes. */
export function createSession(url: string, tokens: Tokens, outside: Surroundings, host: SessionHost): Session {
  const errands = new Map<string, Errand>();
  const errandOf = (entity: string) => obtain(errands, entity, newErrand);
  /** The newest welcome; only if we are admitted it is one to us. */
  let newest: Welcome | undefined;
  let welcome: Welcome | undefined;
  let client = '';
  let unsure = 0;
  let room = 0;
  let stopped = false;
  const trial = createTrial(errands, transmit);
  const { hold, pump, ...departure } = createDeparture({
    ...{ outside, host, trial, errandOf, transmit, proceed },
    welcome: () => welcome,
    conclude: ({ id, entity }, outcome) => conclude(entity, [[id, outcome]]),
  });
  const connection = createConnection(url, tokens, outside, {
    client: async () => {
      client = await host.client();
      return client;
    },
    up: greeting => void up(greeting),
    down,
    frame: dispatch,
    state: tell,
    traffic: host.traffic,
  });

  function conclude(entity: string, settled: Settled): void {
    host.news({ m: 'settled', entity, settled });
  }

  function tell(state: ConnectionState): void {
    const { node, subject, session } = welcome ?? {};
    host.news({ m: 'info', info: { ...state, leader: true, node, subject, session } });
  }

  async function up(greeting: Welcome): Promise<void> {
    newest = greeting;
    try {
      const { subject } = greeting;
      const admitted = await host.admits(subject);
      unsure = 0;
      // The connection may be gone, and another one there.
      if (stopped || newest !== greeting) return;
      if (!admitted) return connection.refuse(`subject: ${subject} (expected: whose changes are kept here)`);
    } catch {
      const wait = AGAIN_MS + backOff(unsure, outside.random());
      unsure += 1;
      return void outside.after(wait, () => newest === greeting && connection.reconnect());
    }
    welcome = greeting;
    connection.admit();
    for (const errand of errands.values()) {
      errand.mail = repeated(errand.mail);
      if (errand.watch !== undefined) open(errand);
      resend(errand);
    }
    proceed();
  }

  function down(): void {
    welcome = newest = undefined;
    trial.down();
    for (const errand of errands.values()) {
      errand.open = false;
      pause(errand);
    }
    host.news({ m: 'down' });
  }

  function dispatch(frame: ServerFrame): void {
    if (frame.t === 'pong') {
      trial.answered(frame.n);
      remind();
      return proceed();
    }
    const entity = 'entity' in frame ? frame.entity : undefined;
    const isComplaint = frame.t === 'error' && (entity === undefined || isUnreadable(frame));
    if (isComplaint) complaint(frame);
    if (isComplaint || entity === undefined) return proceed();
    const errand = errandOf(entity);
    hear(errand, frame as EntityFrame);
    if (frame.t === 'closed' || (frame.t === 'error' && frame.re === 'open')) {
      errand.open = false;
      errand.crowded = frame.code === 'limit';
      if (frame.t === 'closed') makeUse();
      if (PASSING.has(frame.code)) later(errand, false);
    }
    proceed();
  }

  function hear(errand: Errand, frame: EntityFrame): void {
    const step = judged(errand.mail, frame, client);
    // Who is too fast gains nothing by hurry.
    take(errand, step, !(frame.t === 'error' && frame.code === 'overloaded'));
    if (frame.t === 'state' || frame.t === 'changed') errand.attempt = 0;
    if (frame.t === 'state' || frame.t === 'changed' || frame.t === 'current') answered(errand);
    if (host.news({ m: 'heard', frame, settled: step.settled })) open(errand, true);
  }

  /** The connection is well: whatever has no receipt for long was lost on the way, or its receipt was. */
  function remind(): void {
    for (const errand of errands.values()) {
      if (errand.cancelAgain !== undefined || errand.mail.unresolved.length === 0) continue;
      if (outside.now() - errand.silentSince < errand.patience) continue;
      errand.patience *= 2;
      resend(errand);
    }
  }

  function answered(errand: Errand): void {
    if (!errand.open || errand.answered) return;
    errand.answered = true;
    if (errand.presence !== null) present(errand);
  }

  /** Not while somebody is sought who said what cannot be read: it may have been this. */
  function present(errand: Errand): void {
    if (!errand.open || !errand.answered) return;
    errand.muted = trial.isOn();
    if (!errand.muted) transmit({ t: 'present', entity: errand.entity, data: errand.presence });
  }

  /** The server passed over a frame and cannot say which, for it came too fast; or it could not read one, and hangs up now. */
  function complaint(error: Failed): void {
    if (error.code === 'overloaded' || error.code === 'unavailable') {
      trial.passedOver();
      for (const errand of errands.values()) {
        errand.open = false;
        later(errand, false);
      }
    } else if (isUnreadable(error)) {
      const culprit = trial.unreadable();
      if (culprit === undefined) return;
      const { errand, seq } = culprit;
      const step = unreadable(errand.mail, seq, error);
      take(errand, step);
      conclude(errand.entity, step.settled);
    }
  }

  function proceed(): void {
    if (welcome === undefined) return;
    const blamed = trial.next();
    if (blamed !== undefined) {
      for (const errand of errands.values()) {
        // If none of the commands was to blame, it is something we tell of ourselves.
        if (!blamed) errand.presence = null;
        if (errand.muted) present(errand);
        if (errand.mail.unresolved.length > 0) resend(errand);
      }
    }
    void pump();
  }

  function take(errand: Errand, { mail, settled, resend: again, anew }: MailStep, quick = true): void {
    errand.mail = mail;
    if (anew.length > 0)
      hold(
        errand,
        [...anew, ...errand.waiting].sort((a, b) => (a.id < b.id ? -1 : 1)),
      );
    if (settled.length > 0) Object.assign(errand, { attempt: 0, patience: PATIENCE_MS, silentSince: outside.now() });
    if (again) later(errand, quick);
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
    errand.silentSince = outside.now();
    for (const frame of framesOf(errand.mail)) if (trial.admits(errand, frame.seq)) transmit(frame);
  }

  function pause(errand: Errand): void {
    errand.cancelAgain?.();
    errand.cancelAgain = undefined;
    errand.patience = PATIENCE_MS;
  }

  function open(errand: Errand, whole = false): void {
    const { entity, watch } = errand;
    // Opened once more for the presence of others, it is as live as before.
    if (!whole && !errand.open) host.news({ m: 'opening', entity });
    errand.answered &&= errand.open;
    errand.open = true;
    errand.crowded = false;
    const position = whole ? undefined : host.position(entity);
    transmit({ t: 'open', entity, ...position, ...(watch ? { presence: true } : {}) });
  }

  /** There is room for one more; soon, for whoever leaves a page leaves much at once. */
  function makeUse(): void {
    room += 1;
    if (room > 1) return;
    outside.after(0, () => {
      const crowded = [...errands.values()].filter(one => one.crowded && one.watch !== undefined);
      for (const errand of crowded.slice(0, room)) open(errand);
      room = 0;
    });
  }

  function transmit(frame: ClientFrame): void {
    if (welcome !== undefined) connection.send(frame);
  }

  return {
    ...connection,
    watch(entity, wanted) {
      const errand = errandOf(entity);
      const before = errand.watch;
      errand.watch = wanted;
      if (wanted === undefined) {
        if (errand.open) {
          transmit({ t: 'close', entity });
          makeUse();
        }
        errand.open = false;
      } else if (welcome !== undefined && (!errand.open || before !== wanted)) open(errand);
    },
    reload: entity => open(errandOf(entity), true),
    overhear: frame => hear(errandOf(frame.entity), frame),
    submit(command) {
      const errand = errandOf(command.entity);
      const { mail, waiting } = errand;
      const { seq, id } = command;
      if (mail.unresolved.some(one => one.command.id === id) || waiting.some(one => one.id === id)) return;
      if (seq !== undefined) errand.mail = posted(mail, { ...command, seq }, true);
      else hold(errand, [...waiting, command]);
      void pump();
    },
    present(entity, data) {
      const errand = errandOf(entity);
      errand.presence = data;
      present(errand);
    },
    stop() {
      stopped = true;
      departure.stop();
      for (const errand of errands.values()) pause(errand);
      connection.stop();
    },
  };
}

function isUnreadable({ code, re }: Failed): boolean {
  if (re !== undefined) return re === 'mutate' && code === 'bad-frame';
  return code === 'bad-frame' || code === 'too-large' || code === 'too-deep';
}
