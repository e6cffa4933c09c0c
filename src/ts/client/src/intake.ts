import type { Command } from './command.js';
import type { News } from './messages.js';
import type { Page } from './page.js';
import type { Session } from './session.js';

/** Takes up commands of all pages: they are shown, and sent if this page leads. */
export interface Intake {
  /** What others still have may be settled: they are told again, and the outbox is rid of it. */
  adopt(commands: readonly Command[]): void;
  settled(ids: readonly string[]): void;
  /** Another session, which has nothing to send yet. */
  reset(): void;
}

export function createIntake(page: Page, session: () => Session | undefined, spread: (news: News) => void): Intake {
  /** What our session has to send. */
  const adopted = new Set<string>();
  return {
    adopt(commands) {
      const fresh = commands.filter(({ id }) => !adopted.has(id));
      const settled = new Map(page.submitted(fresh));
      const sender = session();
      if (sender === undefined) return;
      for (const command of fresh) {
        const { id, entity } = command;
        const outcome = settled.get(id);
        adopted.add(id);
        if (outcome === undefined) sender.submit(command);
        else spread({ m: 'settled', entity, settled: [[id, outcome]] });
      }
    },
    settled(ids) {
      for (const id of ids) adopted.delete(id);
    },
    reset: () => adopted.clear(),
  };
}
