import type { ConnectionInfo } from './api.js';
import type { Command, Numbered, Settled } from './command.js';
import type { EntityFrame } from './frames.js';
import type { Json } from './json.js';

/** Where a page's copy of an entity stands. */
export interface Position {
  readonly epoch: number;
  readonly version: number;
}

/** What a page knows of the connection; `session` is its name at the server. */
export type Info = ConnectionInfo & { readonly session?: string | undefined };

/** What a session knows of it. */
export type SessionInfo = Omit<Info, 'paused'>;

export type Control = 'pause' | 'resume' | 'reconnect' | 'wake';

/** How an entity is observed: with the presence of others or without; undefined: not at all. */
export type Watch = boolean | undefined;

/** What any page says to the one that leads, and to all. */
export type Request =
  | { readonly m: 'ask'; readonly tab: string; readonly question?: number }
  | { readonly m: 'bye'; readonly tab: string }
  | { readonly m: 'submit'; readonly tab: string; readonly command: Command }
  | { readonly m: 'present'; readonly tab: string; readonly entity: string; readonly data: Json; readonly at: number }
  | { readonly m: 'control'; readonly control: Control }
  | { readonly m: 'refresh'; readonly token: string }
  | {
      readonly m: 'watch';
      readonly tab: string;
      readonly entity: string;
      readonly watch: Watch;
      readonly at?: Position | undefined;
    };

/** A command that is on the wire. */
export type Sending = Pick<Numbered, 'id' | 'entity' | 'seq'>;

/** What a session says to the page it works for, and that to the others. */
export type News =
  /**
   * `stranger`: a tab that said nothing for so long that the leader has forgotten what it observes; `to`: whose question, and
   * which, this answers.
   */
  | {
      readonly m: 'info';
      readonly info: SessionInfo;
      readonly paused?: boolean;
      readonly stranger?: string | undefined;
      readonly to?: string | undefined;
      readonly question?: number | undefined;
    }
  | { readonly m: 'opening'; readonly entity: string }
  | { readonly m: 'heard'; readonly frame: EntityFrame; readonly settled: Settled; readonly epoch?: number | undefined }
  | { readonly m: 'settled'; readonly entity: string; readonly settled: Settled }
  | { readonly m: 'sending'; readonly commands: readonly Sending[] }
  | { readonly m: 'down' };

/** To whom, beside all, the leader says how it is connected. */
export type Answer = Pick<Extract<News, { readonly m: 'info' }>, 'stranger' | 'to' | 'question'>;

/** What a page has to hear that comes later than others. */
export interface Serving {
  readonly m: 'serve';
  readonly tab: string;
  readonly epoch: number;
  readonly frames: readonly EntityFrame[];
}

/** News carry the term they are of: what a leader of an earlier term says does not count any more. */
export type Message = Request | ((News | Serving) & { readonly term: number; readonly sending?: readonly Sending[] });

/** Of such news, what is true whoever heard them. */
export function onlySettled(news: Extract<News, { readonly settled: Settled }>): News {
  return news.m === 'settled' ? news : { m: 'settled', entity: news.frame.entity as string, settled: news.settled };
}
