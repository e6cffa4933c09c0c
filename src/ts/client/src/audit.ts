import type { Command } from './command.js';
import type { Outbox } from './outbox.js';
import type { Page } from './page.js';

/**
 * Compares what a page shows with the outbox. A page may be gone after it kept a command and before it told of it; and who was
 * told what became of one may be gone, or not have told us, before the outbox was rid of it.
 */
export interface Audit {
  run(leads: boolean): Promise<void>;
  /** Whoever leads has answered that question: what it had told before is here by now. */
  answered(question: number): void;
}

/**
 * `adopt`: commands in the outbox, if this page leads. `isKept`: whether a command that is shown has been in there. `ask`: has
 * whoever leads answer.
 */
export function createAudit(
  outbox: Outbox,
  page: Page,
  isKept: (id: string) => boolean,
  adopt: (commands: readonly Command[]) => void,
  ask: (question: number) => void,
): Audit {
  let missing: ReadonlySet<string> = new Set();
  let suspects: readonly Command[] = [];
  let questions = 0;
  let running = false;

  async function compare(leads: boolean): Promise<void> {
    const shown = page.pending().filter(({ id }) => isKept(id));
    if (!leads && shown.length === 0) return;
    const kept = await outbox.load();
    if (leads) adopt(kept);
    page.unsent(kept);
    const ids = new Set(kept.map(({ id }) => id));
    const gone = shown.filter(({ id }) => !ids.has(id));
    // Missed twice: the first time, word of it may be on its way, and from who led before it comes by itself.
    suspects = gone.filter(({ id }) => missing.has(id));
    missing = new Set(gone.map(({ id }) => id));
    if (suspects.length === 0) return;
    questions += 1;
    if (leads) answered(questions);
    else ask(questions);
  }

  function answered(question: number): void {
    if (question !== questions) return;
    for (const command of suspects) page.gone(command);
    suspects = [];
  }

  return {
    answered,
    async run(leads) {
      if (running) return;
      running = true;
      await compare(leads).finally(() => {
        running = false;
      });
    },
  };
}
