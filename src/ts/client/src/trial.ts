import type { Errand } from './errand.js';
import type { ClientFrame } from './frames.js';
import { framesOf } from './mail.js';

/**
 * After a frame the server could not read, and could not say which it was: commands go one at a time, each with a ping behind it.
 * Frames are read in order, so its pong says that the command was read; without one, it is the command that is to blame.
 */
export interface Trial {
  isOn(): boolean;
  /** Whether the command may go over the wire, apart from being tried. */
  admits(errand: Errand, seq: number): boolean;
  /** A frame could not be read. Returns the command that is to blame, once that is known. */
  unreadable(): Tried | undefined;
  /** That ping was answered. */
  answered(n: unknown): void;
  /** The server did not look at some frame: it may have been the command that is tried, or its ping. */
  passedOver(): void;
  /** Tries the next command. When all are through: whether one of them was to blame. */
  next(): boolean | undefined;
  /** The connection is gone. */
  down(): void;
}

export interface Tried {
  readonly errand: Errand;
  readonly seq: number;
}

/** No other ping has it. */
const TRIAL = -1;

export function createTrial(errands: ReadonlyMap<string, Errand>, transmit: (frame: ClientFrame) => void): Trial {
  let on = false;
  let found = false;
  let tried: Tried | undefined;
  let sure = true;
  return {
    isOn: () => on,
    admits: (errand, seq) => !on || seq <= errand.readable,
    unreadable() {
      const culprit = tried;
      tried = undefined;
      if (!on) {
        on = true;
        found = false;
        for (const errand of errands.values()) errand.readable = 0;
      }
      found ||= culprit !== undefined;
      return culprit;
    },
    answered(n) {
      if (tried === undefined || (n !== TRIAL && sure)) return;
      if (sure) tried.errand.readable = tried.seq;
      tried = undefined;
    },
    passedOver() {
      sure = false;
    },
    next() {
      if (!on || tried !== undefined) return undefined;
      for (const errand of errands.values()) {
        const frame = framesOf(errand.mail).find(({ seq }) => seq > errand.readable);
        if (frame === undefined) continue;
        tried = { errand, seq: frame.seq };
        sure = true;
        transmit(frame);
        transmit({ t: 'ping', n: TRIAL });
        return undefined;
      }
      on = false;
      return found;
    },
    down() {
      tried = undefined;
    },
  };
}
