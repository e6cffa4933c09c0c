import type { HoldfastError } from '../src/errors.js';
import type { Change, ErrorCode, Mutate } from '../src/frames.js';
import type { Json } from '../src/json.js';
import { applyPatch, type Op } from '../src/patch.js';

/** One event, and who made it. */
export interface Stored {
  readonly change: Change;
  readonly ops: readonly Op[];
}

/** What became of a command, as the entity remembers it. */
export interface Outcome {
  readonly version: number;
  readonly refusal?: { readonly code: ErrorCode; readonly detail: string; readonly pointer?: string };
}

/** One entity of the fake server. `forgot`: it remembers no client any more. */
export interface Document {
  epoch: number;
  doc: Json;
  version: number;
  readonly journal: Stored[];
  readonly outcomes: Map<string, Map<number, Outcome>>;
  forgot: boolean;
}

export function newDocument(doc: Json, epoch = 0, version = 0): Document {
  return { epoch, doc, version, journal: [], outcomes: new Map(), forgot: false };
}

/** Applies the command, or says why not; the first one that is accepted founds the epoch. */
export function judge(document: Document, frame: Mutate, now: number): Outcome {
  const { version } = document;
  if (frame.if !== undefined && frame.if !== version) {
    return { version, refusal: { code: 'version-mismatch', detail: `if: ${frame.if} (expected: ${version})` } };
  }
  try {
    document.doc = applyPatch(document.doc, frame.ops);
    document.version += 1;
    if (document.epoch === 0) document.epoch = now;
    return { version: document.version };
  } catch (error) {
    const { code, detail, pointer } = error as HoldfastError & { readonly code: ErrorCode; readonly pointer: string };
    return { version, refusal: { code, detail, pointer } };
  }
}
