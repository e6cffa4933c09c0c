import type { ConnectionInfo } from './api.js';
import type { Command, Settled } from './command.js';
import type { EntityFrame } from './frames.js';
import type { Json } from './json.js';
import type { Numbered } from './outbox.js';
import type { Watch } from './session.js';

/** Where a page's copy of an entity stands. */
export interface Position {
  readonly epoch: number;
  readonly version: number;
}

/** What a page knows of the connection; `session` is its name at the server. */
export type Info = ConnectionInfo & { readonly session?: string | undefined };

export type Control = 'pause' | 'resume' | 'reconnect' | 'wake';

/** What any page says to the others, or to the one that leads. */
export type Request =
  | { readonly m: 'ask'; readonly tab: string }
  | { readonly m: 'submit'; readonly command: Command }
  | { readonly m: 'present'; readonly entity: string; readonly data: Json }
  | { readonly m: 'control'; readonly control: Control }
  | { readonly m: 'refresh'; readonly token: string }
  | {
      readonly m: 'watch';
      readonly tab: string;
      readonly entity: string;
      readonly watch?: Watch | undefined;
      readonly at?: Position | undefined;
    };

/** What the leader says to the others. */
export type News =
  | { readonly m: 'info'; readonly info: Info; readonly paused: boolean }
  | { readonly m: 'opening'; readonly entity: string }
  | { readonly m: 'heard'; readonly frame: EntityFrame; readonly settled: Settled; readonly epoch: number | undefined }
  | { readonly m: 'serve'; readonly tab: string; readonly frames: readonly EntityFrame[]; readonly epoch: number }
  | { readonly m: 'settled'; readonly entity: string; readonly settled: Settled }
  | { readonly m: 'sending'; readonly numbers: readonly Pick<Numbered, 'id' | 'entity' | 'seq'>[] }
  | { readonly m: 'down' };

/** News carry the term they are of: what a leader of an earlier term says does not count any more. */
export type Message = Request | (News & { readonly term: number });
