import type { Locks } from './surroundings.js';

/** The claim of this page to lead all pages of its account: only one of them holds the connection. */
export interface Leadership {
  /** The leader does not answer: takes its place. */
  depose(): void;
  /** Lets go, and stands behind the others. */
  resign(): void;
  stop(): void;
}

/**
 * Leads as soon as nobody else does. The lock tells when a leader is gone; what makes two of them harmless is the term in the
 * outbox. So where the platform has no locks (a page that is not from a secure origin), silence has to do.
 */
export function createLeadership(
  locks: Locks | undefined,
  name: string,
  lead: () => void,
  deposed: () => void,
  later: (run: () => void) => void,
): Leadership {
  let turn = 0;
  let release = () => {};

  function claim(steal: boolean): void {
    turn += 1;
    if (locks === undefined) return steal ? lead() : undefined;
    const own = turn;
    const hold = () =>
      new Promise<void>(resolve => {
        if (own !== turn) return resolve();
        release = resolve;
        lead();
      });
    const lost = () => {
      if (own !== turn) return;
      deposed();
      // Not at once: a page that is being unloaded is refused at once, again and again.
      later(() => own === turn && claim(false));
    };
    locks.request(name, steal ? { steal } : {}, hold).catch(lost);
  }

  claim(false);
  return {
    depose: () => claim(true),
    resign() {
      release();
      claim(false);
    },
    stop() {
      turn += 1;
      release();
    },
  };
}
