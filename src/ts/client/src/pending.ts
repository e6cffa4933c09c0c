import type { Command } from './command.js';
import type { Json } from './json.js';
import type { Op } from './patch.js';

/** What the server said last. Version and epoch name it; a known one of version 0 is what documents of its kind begin with. */
export interface Confirmed {
  readonly doc: Json;
  readonly version: number;
  readonly epoch: number;
}

/** The epoch of what the server never said: it may be of any history. */
export const GUESSED = 0;

/**
 * A command that is shown, if it `applies`. `sent`: it was on the wire; `doubt`: that wire is gone, so the server may have it
 * already; `covered`: so may the document beneath it, and it is not put on top; `accepted`: committed at that version `of` that
 * epoch, which has not come yet.
 */
export interface Pending extends Command {
  readonly sent?: boolean;
  readonly doubt?: boolean;
  readonly covered?: boolean;
  readonly accepted?: number | undefined;
  readonly of?: number;
  readonly applies: boolean;
}

export function hasNoReceipt({ accepted }: Pending): boolean {
  return accepted === undefined;
}

/** What an earlier page has sent, the server may have, and so may a document that it said. */
export function pendingOf(command: Command, isSaid: boolean): Pending {
  const number = command.seq === undefined ? {} : { sent: true, doubt: true, covered: isSaid };
  return { ...command, ...number, applies: false };
}

export function placeOf(one: Command, pending: readonly Pending[]): number {
  const last = pending.at(-1);
  if (last === undefined || !isBehind(last, one)) return pending.length;
  return pending.findIndex(other => isBehind(other, one));
}

/** Whether it has no receipt yet and a higher number, or none and was made later. */
function isBehind(one: Pending, other: Command): boolean {
  const [a, b] = [one.seq ?? Number.MAX_SAFE_INTEGER, other.seq ?? Number.MAX_SAFE_INTEGER];
  return hasNoReceipt(one) && (a > b || (a === b && one.id > other.id));
}

export function opsOf({ ops, covered }: Pending): readonly Op[] {
  return covered === true ? [] : ops;
}

export function withApplied(pending: readonly Pending[], applied: readonly boolean[]): readonly Pending[] {
  return pending.map((one, i) => ({ ...one, applies: applied[i] === true && one.covered !== true }));
}

/** The first document there is may have what is in doubt. */
export function covered(one: Pending): Pending {
  return one.doubt === true ? { ...one, covered: true } : one;
}

/** Whether what was accepted is in the base, or in no history any more. The base may be of an older one than what is confirmed. */
export function isIn(base: Confirmed, { accepted, of = GUESSED }: Pending, confirmed: Confirmed): boolean {
  if (accepted === undefined) return false;
  const comparable = of === base.epoch || of === GUESSED || base.epoch === GUESSED;
  return comparable ? accepted <= base.version : of !== confirmed.epoch;
}
