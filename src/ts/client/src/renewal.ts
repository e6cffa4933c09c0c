import type { Surroundings } from './surroundings.js';
import { claimsOf, type Tokens } from './tokens.js';

/** Has a fresh token told before the one in use ends. */
export interface Renewal {
  /** `skew`: how many milliseconds the server's clock is ahead of ours. */
  start(skew: number): void;
  stop(): void;
}

/** A token is renewed when a fifth of its time is left, at the latest a minute before its end. */
const RENEW_BEFORE_MS = 60_000;

export function createRenewal(
  outside: Surroundings,
  tokens: Tokens,
  current: () => string | undefined,
  announce: (fresh: string) => void,
): Renewal {
  let runs = 0;
  let cancel = () => {};

  function start(skew: number): void {
    stop();
    const { expires } = claimsOf(current());
    if (expires === undefined || !tokens.renewable) return;
    const left = expires - skew - outside.now();
    const early = Math.min(RENEW_BEFORE_MS, left / 5);
    const own = runs;
    cancel = outside.after(Math.max(1000, left - early), async () => {
      const fresh = await tokens.get().catch(current);
      if (own !== runs) return;
      if (fresh !== undefined && fresh !== current()) announce(fresh);
      start(skew);
    });
  }

  function stop(): void {
    runs += 1;
    cancel();
  }

  return { start, stop };
}
