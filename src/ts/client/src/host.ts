import type { ConnectOptions } from './api.js';
import type { News } from './messages.js';
import type { Outbox } from './outbox.js';
import type { Page } from './page.js';
import type { SessionHost } from './session.js';

/** What becomes of a term: news of its session, until another page leads. */
export interface TermListener {
  news(news: News): boolean;
  over(): void;
  readonly traffic: ConnectOptions['onFrame'];
}

/** What the session of one term works with: nothing is numbered or sent any more once another page leads. */
export function createHost(term: number, outbox: Outbox, page: Page, listener: TermListener): SessionHost {
  let foreign = '';
  return {
    traffic: listener.traffic,
    async client() {
      if (foreign !== '') throw new Error(foreign);
      if (await outbox.leads(term)) return outbox.client;
      listener.over();
      throw new Error('leader: another page (expected: this one)');
    },
    async number(commands, startOver) {
      const numbered = await outbox.number(term, commands, startOver);
      if (numbered === undefined) listener.over();
      return numbered;
    },
    async admits(subject) {
      if (!(await outbox.belongsTo(subject))) foreign = `subject: ${subject} (expected: whose changes are kept here)`;
      return foreign === '';
    },
    position: page.position,
    news: listener.news,
  };
}
