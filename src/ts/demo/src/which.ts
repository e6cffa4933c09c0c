const wanted = new URLSearchParams(globalThis.location?.search).get('board');

/** The entity this page shows: `/?board=tour` is `board/tour`. */
export const BOARD = `board/${wanted ?? 'welcome'}`;
