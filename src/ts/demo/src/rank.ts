const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const [ZERO, ONE, MIDDLE] = ['0', '1', 'V'] as const;

/**
 * A text that sorts after `low` ('' = before everything) and before `high`, if there is one. Read as digits behind a point
 * it is a fraction, so there is always another between two; it never ends in a zero, below which nothing would fit.
 */
export function between(low: string, high?: string): string {
  if (high === undefined) return after(low);
  let same = 0;
  while ((low[same] ?? ZERO) === high[same]) same += 1;
  if (same > 0) return high.slice(0, same) + between(low.slice(same), high.slice(same));
  const [from, to] = [digit(low), digit(high)];
  if (to - from > 1) return DIGITS.charAt((from + to + 1) >> 1);
  return high.length > 1 ? high.charAt(0) : (low[0] ?? ZERO) + after(low.slice(1));
}

/** One step on, not half the way to the end: lists grow at their ends, and ranks are to stay short. */
function after(low: string): string {
  if (low === '') return MIDDLE;
  const head = low.replace(/z+$/, '');
  if (head === '') return low + ONE;
  return head.slice(0, -1) + DIGITS.charAt(digit(head.slice(-1)) + 1);
}

function digit(text: string): number {
  return text === '' ? 0 : DIGITS.indexOf(text.charAt(0));
}
