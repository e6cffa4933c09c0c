const search = globalThis.location?.search;
const wanted = new URLSearchParams(search).get('board');

/** The entity this page shows: `/?board=tour` is `board/tour`. */
export const BOARD = `board/${wanted ?? 'welcome'}`;

/** Where somebody else is at the same board. */
export function asGuest(name: string): string {
  const words = new URLSearchParams(search);
  words.set('as', name);
  return `/?${words}`;
}
