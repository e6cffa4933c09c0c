import type { Surroundings } from './surroundings.js';

/** A leader that does not answer for so long is deposed. */
export const ANSWER_WITHIN_MS = 2000;
/** One that was heard of so shortly before is asked only if nothing is heard of it for as long again. */
const FRESH_MS = 500;
/** It has to hear of us at times, too. */
const ASK_AT_LEAST_MS = 30_000;

/** Makes sure that somebody leads: asks, and tells when nobody answers. */
export interface Vigil {
  /** Asks, unless it waits for an answer already. */
  check(within?: number): void;
  answered(): void;
}

export interface VigilListener {
  /** Whether this page depends on another one. */
  follows(): boolean;
  /** A page that was put aside has no answer because it did not listen. */
  asleep(): boolean;
  ask(): void;
  silence(): void;
}

export function createVigil(outside: Surroundings, listener: VigilListener): Vigil {
  /** The wait for a sign of life that is on. */
  let waiting: object | undefined;
  let heardAt = 0;
  let askedAt = 0;

  function check(within = ANSWER_WITHIN_MS): void {
    if (waiting !== undefined || !listener.follows()) return;
    const own = {};
    const now = outside.now();
    const isFresh = Math.abs(now - heardAt) < FRESH_MS && Math.abs(now - askedAt) < ASK_AT_LEAST_MS;
    waiting = own;
    if (isFresh) outside.after(FRESH_MS, () => waiting === own && ask(own, within));
    else ask(own, within);
  }

  function ask(own: object, within: number): void {
    if (!listener.follows()) {
      waiting = undefined;
      return;
    }
    const now = outside.now();
    askedAt = now;
    listener.ask();
    const wait = within + outside.random() * 500;
    outside.after(wait, () => {
      if (waiting !== own) return;
      waiting = undefined;
      if (!listener.follows()) return;
      if (listener.asleep() || outside.now() - now > 2 * wait) check();
      else listener.silence();
    });
  }

  return {
    check,
    answered() {
      waiting = undefined;
      heardAt = outside.now();
    },
  };
}
