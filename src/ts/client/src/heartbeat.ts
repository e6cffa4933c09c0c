import type { ClientFrame, Pong } from './frames.js';
import type { Surroundings } from './surroundings.js';

/** Notices a connection that is dead though nothing says so. */
export interface Heartbeat {
  /** There is a connection; the server wants to hear something at least every so many milliseconds. */
  start(everyMs: number): void;
  stop(): void;
  /** Something has arrived. */
  heard(): void;
  /** How long the answer to the last question took, in milliseconds; undefined: it is none. */
  answered(pong: Pong): number | undefined;
  /** Timers of hidden pages are held back: asks, if that is due. */
  tick(): void;
  /** Asks at once, and waits for any sign of life a short while only. */
  probe(): void;
}

export interface Pulse {
  send(ping: ClientFrame): void;
  /** The connection has lasted for a beat. */
  lasts(): void;
  dead(): void;
}

const PROBE_MS = 3000;
/** After connections that died of silence, it is waited twice and four times as long: a long document on a slow line is silent as well. */
const MOST_PATIENCE = 2;
/** A connection that lasted for so many beats was not one of those. */
const LASTING_BEATS = 40;

export function createHeartbeat(outside: Surroundings, pulse: Pulse): Heartbeat {
  let everyMs = 0;
  let beats = 0;
  let since = 0;
  let heardAt = 0;
  let pingedAt = 0;
  let signs = 0;
  let patience = 0;
  /** The signs of life there were when the question was asked that is waited for. */
  let probed: number | undefined;
  let cancel = () => {};

  function again(ms: number, run: () => void): void {
    cancel();
    cancel = outside.after(ms, run);
  }

  /** Twice per heartbeat. */
  function ping(): void {
    beats += 1;
    pingedAt = outside.now();
    pulse.send({ t: 'ping', n: beats });
    again(everyMs / 2, beat);
  }

  function beat(): void {
    const now = outside.now();
    if (now - heardAt > 2 * everyMs * 2 ** patience) {
      // Who comes late has not asked for long: there was nothing to answer.
      return now - pingedAt > everyMs ? probe() : dead();
    }
    if (beats - since > LASTING_BEATS) patience = 0;
    pulse.lasts();
    ping();
  }

  function probe(): void {
    if (isProbing()) return;
    const before = signs;
    probed = before;
    ping();
    // Whoever slept knows nothing of how patient one has to be.
    again(PROBE_MS * 2 ** patience, () => (signs === before ? pulse.dead() : beat()));
  }

  const isProbing = () => probed === signs;

  function dead(): void {
    patience = Math.min(patience + 1, MOST_PATIENCE);
    pulse.dead();
  }

  return {
    start(every) {
      everyMs = Math.max(every, 1000);
      since = beats;
      probed = undefined;
      ping();
    },
    stop: () => cancel(),
    heard() {
      signs += 1;
      heardAt = outside.now();
    },
    answered: ({ n }) => (n === beats ? heardAt - pingedAt : undefined),
    tick() {
      if (!isProbing() && outside.now() - pingedAt > everyMs / 2) beat();
    },
    probe,
  };
}
