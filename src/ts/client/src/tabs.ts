import { obtain } from './obtain.js';

/** A page that says nothing for so long is gone, or will say that it is not. */
const GONE_MS = 300_000;
const FORGOTTEN = 0;

/** The other pages this one has heard of. */
export interface Tabs {
  /** A page said something; true if it had been forgotten. */
  heard(tab: string): boolean;
  has(tab: string): boolean;
  all(): readonly string[];
  left(tab: string): void;
  /** Forgets those that are gone, and says which. */
  forget(): readonly string[];
  /** Does what is that page's to do, if it turns out to be gone: it says nothing more. */
  inPlaceOf(tab: string, run: () => void): void;
}

export function createTabs(now: () => number): Tabs {
  const heardAt = new Map<string, number>();
  const substitutes = new Map<string, (() => void)[]>();

  function substitute(tab: string): void {
    const runs = substitutes.get(tab) ?? [];
    substitutes.delete(tab);
    for (const run of runs) run();
  }

  return {
    heard(tab) {
      const forgotten = heardAt.get(tab) === FORGOTTEN;
      heardAt.set(tab, now());
      substitutes.delete(tab);
      return forgotten;
    },
    has: tab => (heardAt.get(tab) ?? FORGOTTEN) !== FORGOTTEN,
    all: () => [...heardAt.keys()],
    left(tab) {
      heardAt.delete(tab);
      substitute(tab);
    },
    forget() {
      const gone = [...heardAt].filter(([, at]) => at !== FORGOTTEN && now() - at > GONE_MS).map(([tab]) => tab);
      for (const tab of gone) {
        heardAt.set(tab, FORGOTTEN);
        substitute(tab);
      }
      return gone;
    },
    inPlaceOf: (tab, run) => void obtain(substitutes, tab, () => []).push(run),
  };
}
