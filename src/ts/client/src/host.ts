import type { ConnectOptions } from './api.js';
import type { Command, Numbered } from './command.js';
import type { News, Position } from './messages.js';
import type { Outbox } from './outbox.js';
import type { Page } from './page.js';

/** Whom the session works for: the pages of this device, or one page alone. */
export interface SessionHost {
  /** The id to connect under. Rejects when this session may not connect (any more). */
  client(): Promise<string>;
  /** Numbers commands and keeps the numbers; undefined: this session is over. Rejects when that cannot be kept now. */
  number(commands: readonly Command[], startOver: readonly string[]): Promise<readonly Numbered[] | undefined>;
  /** Whether the server takes us for whom the stored commands belong to. */
  admits(subject: string): Promise<boolean>;
  /** Where does what the page has of the entity stand, which is about to be opened? */
  position(entity: string): Position | undefined;
  /** True: what the page has does not fit, the whole document is needed. */
  news(news: News): boolean;
  readonly traffic: ConnectOptions['onFrame'];
}

/** What becomes of a term: news of its session, until another page leads. */
export interface TermListener {
  news(news: News): boolean;
  over(): void;
  readonly traffic: ConnectOptions['onFrame'];
}

/** What the session of one term works with: nothing is numbered or sent any more once another page leads. */
export function createHost(term: number, outbox: Outbox, page: Page, listener: TermListener): SessionHost {
  return {
    traffic: listener.traffic,
    async client() {
      if (await outbox.leads(term)) return outbox.client;
      listener.over();
      throw new Error('leader: another page (expected: this one)');
    },
    async number(commands, startOver) {
      const numbered = await outbox.number(term, commands, startOver);
      if (numbered === undefined) listener.over();
      return numbered;
    },
    admits: outbox.belongsTo,
    position: page.position,
    news: listener.news,
  };
}
