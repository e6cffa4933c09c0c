/** So many random characters of `a–z 0–9`. */
export function randomId(length: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(length)), byte => (byte % 36).toString(36)).join('');
}

/** Ids of commands: as text in the order they were made on this device, and told apart by the tab that made them. */
export function createIds(tab: string, now: () => number): () => string {
  let last = 0;
  return () => {
    last = Math.max(last + 1, now() * 1000);
    return `${last.toString(36)}${tab}`;
  };
}
