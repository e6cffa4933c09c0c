import type { Command, Outcome } from './command.js';
import { bytesOf, type Json } from './json.js';
import { EMPTY, framesOf, type Mail, posted } from './mail.js';
import type { Watch } from './messages.js';

/** What the session has to do with one entity. */
export interface Errand {
  readonly entity: string;
  mail: Mail;
  waiting: readonly Command[];
  watch: Watch;
  open: boolean;
  /** Whether the server has answered: before that it does not take our presence. */
  answered: boolean;
  presence: Json;
  /** It could not be told when it was time to. */
  muted: boolean;
  /** Too many were open already. */
  crowded: boolean;
  /** Up to here the server could read the commands, since one was unreadable. */
  readable: number;
  attempt: number;
  cancelAgain: (() => void) | undefined;
  /** Since when no receipt has come, and after how long that the commands are sent once more. */
  silentSince: number;
  patience: number;
}

/** A command without a receipt for so long, over a connection that is well, is sent again; then after twice that, and so on. */
export const PATIENCE_MS = 15_000;

export function newErrand(entity: string): Errand {
  return {
    ...{ entity, mail: EMPTY, waiting: [], watch: undefined },
    ...{
      open: false,
      answered: false,
      presence: null,
      muted: false,
      crowded: false,
      readable: 0,
      attempt: 0,
      cancelAgain: undefined,
    },
    ...{ silentSince: 0, patience: PATIENCE_MS },
  };
}

/** Why the command cannot go: the server hangs up on longer frames, so the client refuses them itself. */
export function tooLarge(command: Command, limit: number): Outcome | undefined {
  const frames = framesOf(posted(EMPTY, { ...command, seq: Number.MAX_SAFE_INTEGER }));
  const bytes = bytesOf(frames[0]);
  if (bytes <= limit) return undefined;
  return { version: 0, code: 'too-large', detail: `frame: ${bytes} bytes (expected: ≤ ${limit})` };
}
