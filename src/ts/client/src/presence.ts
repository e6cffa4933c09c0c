import type { Presence, Present } from './api.js';
import type { Presence as PresenceFrame } from './frames.js';
import { bytesOf, type Json, wellFormed } from './json.js';
import { listen, tellAll } from './tell.js';

/** Who else has one entity open. */
export interface Board {
  readonly presence: Presence;
  heard(frame: PresenceFrame): void;
  /** Nobody is known to be there while we do not listen. */
  clear(): void;
  /** What a page that comes later has to hear. */
  frame(): PresenceFrame;
}

const MOST_BYTES = 4096;
/** The server hangs up on what is much deeper. */
const MOST_LEVELS = 32;

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some(inner => isDeeper(inner, levels - 1));
}

/** `mine`: the session of this device, which is not among the others. */
export function createBoard(
  entity: string,
  mine: () => string | undefined,
  observe: () => () => void,
  set: (data: Json) => void,
): Board {
  const listeners = new Set<(others: readonly Present[]) => void>();
  let everyone: readonly Present[] = [];
  let others: readonly Present[] = [];

  function show(next: readonly Present[]): void {
    everyone = next;
    const was = others;
    const now = next.filter(({ session }) => session !== mine());
    if (now.length === was.length && now.every((one, i) => one === was[i])) return;
    others = now;
    tellAll(listeners, others);
  }

  return {
    presence: {
      set(data) {
        const said = JSON.parse(wellFormed(JSON.stringify(data))) as Json;
        const bytes = bytesOf(said);
        if (bytes > MOST_BYTES) throw new TypeError(`presence: ${bytes} bytes (expected: ≤ ${MOST_BYTES})`);
        if (isDeeper(said, MOST_LEVELS)) throw new TypeError(`presence: too deep (expected: ≤ ${MOST_LEVELS} levels)`);
        set(said);
      },
      get: () => others,
      subscribe: listener => listen(listeners, listener, observe()),
    },
    heard({ all, put = [], gone = [] }) {
      const left = new Set([...gone, ...put.map(({ session }) => session)]);
      show([...(all ?? everyone).filter(({ session }) => !left.has(session)), ...put]);
    },
    clear: () => show([]),
    frame: () => ({ t: 'presence', entity, all: everyone }),
  };
}
