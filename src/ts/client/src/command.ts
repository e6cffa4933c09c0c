import type { ErrorCode } from './frames.js';
import { wellFormed } from './json.js';
import type { Op } from './patch.js';

/** A patch somebody on this device wants applied. Ids of one tab are in the order of its commands, also as text. */
export interface Command {
  readonly id: string;
  readonly entity: string;
  readonly ops: readonly Op[];
  readonly if?: number;
  /** When it was made, in milliseconds since 1970. */
  readonly at: number;
  /** Its number at the server, once it has one. A command sent again keeps it. */
  readonly seq?: number;
}

/** A command with its number. */
export type Numbered = Command & { readonly seq: number };

/** What became of a command: committed at a version, or refused when judged at that version. */
export type Outcome =
  | { readonly version: number; readonly duplicate: boolean }
  | { readonly version: number; readonly code: ErrorCode; readonly detail: string; readonly pointer?: string };

export type Settled = readonly (readonly [id: string, outcome: Outcome])[];

/**
 * The ops as they will travel, so that the caller's later changes do not reach them: halves of characters are replaced, as browsers
 * do wherever text leaves them. Throws on what JSON cannot hold.
 */
export function travelling(ops: readonly Op[]): readonly Op[] {
  const text = JSON.stringify(ops, (key, value) => {
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw new TypeError(`${key}: ${value} (expected: a finite number)`);
    }
    return value;
  });
  return JSON.parse(wellFormed(text));
}
