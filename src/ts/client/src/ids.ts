/** So many random characters of `a–z 0–9`. */
export function randomId(length: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(length)), byte => (byte % 36).toString(36)).join('');
}

/** Ids of commands: as text in the order they were made on this device, and told apart by the tab that made them. */
export interface Ids {
  next(): string;
  /** Those to come are behind that one of another page, whatever the clock says. */
  behind(id: string): void;
}

export function createIds(tab: string, now: () => number): Ids {
  let last = 0;
  return {
    next() {
      last = Math.max(last + 1, now() * 1000);
      return `${last.toString(36)}${tab}`;
    },
    behind(id) {
      last = Math.max(last, Number.parseInt(id.slice(0, -tab.length), 36) || 0);
    },
  };
}
