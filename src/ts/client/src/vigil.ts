import type { Surroundings } from './surroundings.js';

/** A leader that does not answer for so long is deposed. */
export const ANSWER_WITHIN_MS = 2000;

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
  let askedAt: number | undefined;

  function check(within = ANSWER_WITHIN_MS): void {
    if (askedAt !== undefined || !listener.follows()) return;
    const now = outside.now();
    askedAt = now;
    listener.ask();
    const wait = within + outside.random() * 500;
    outside.after(wait, () => {
      if (askedAt !== now) return;
      askedAt = undefined;
      if (!listener.follows()) return;
      if (listener.asleep() || outside.now() - now > 2 * wait) check();
      else listener.silence();
    });
  }

  return {
    check,
    answered() {
      askedAt = undefined;
    },
  };
}
