import type { ConnectOptions } from './api.js';
import type { Info, News } from './messages.js';
import type { Outbox } from './outbox.js';
import type { Page } from './page.js';
import type { Session, SessionHost } from './session.js';

/** What a session is given to work with. */
export interface Term {
  readonly number: number;
  session(): Session;
  /** Another page leads. */
  over(): void;
  tell(news: News): void;
  info(info: Info): void;
}

/** Lets a session work for this page and, through it, for the others. */
export function createHost(page: Page, outbox: Outbox, term: Term, traffic: ConnectOptions['onFrame']): SessionHost {
  let foreign = '';

  function settle(ids: readonly string[]): void {
    // Whoever waits for a receipt has been told by now: from here on it is the missing row that says so.
    if (ids.length > 0) outbox.remove(ids);
  }

  return {
    traffic,
    async client() {
      if (foreign !== '') throw new Error(foreign);
      if (await outbox.leads(term.number)) return outbox.client;
      term.over();
      throw new Error('leader: another page (expected: this one)');
    },
    async number(commands, startOver) {
      const numbered = await outbox.number(term.number, commands, startOver);
      if (numbered === undefined) term.over();
      return numbered;
    },
    async admits({ subject }) {
      if (await outbox.belongsTo(subject)) return true;
      foreign = `subject: ${subject} (expected: the one whose changes are kept under this account)`;
      term.session().reconnect();
      return false;
    },
    opening(entity) {
      term.tell({ m: 'opening', entity });
      return page.opening(entity);
    },
    sending(commands) {
      page.sending(commands);
      term.tell({ m: 'sending', numbers: commands.map(({ id, entity, seq }) => ({ id, entity, seq })) });
    },
    heard(frame, settled) {
      const entity = frame.entity as string;
      const reload = page.heard(frame, settled);
      term.tell({ m: 'heard', frame, settled, epoch: page.live(entity)?.epoch });
      settle(settled.map(([id]) => id));
      if (reload) term.session().reload(entity);
    },
    settled(entity, settled) {
      page.settled(entity, settled);
      term.tell({ m: 'settled', entity, settled });
      settle(settled.map(([id]) => id));
    },
    down() {
      page.down();
      term.tell({ m: 'down' });
    },
    state(state, welcome) {
      const { node, subject, session } = welcome ?? {};
      term.info({ ...state, leader: true, node, subject, session });
    },
  };
}
