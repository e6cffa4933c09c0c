import type { Command } from './command.js';
import type { Outbox } from './outbox.js';
import type { Page } from './page.js';

/**
 * Compares what a page shows with the outbox. A page may be gone after it kept a command and before it told of it; and who was
 * told what became of one may be gone, or not have told us, before the outbox was rid of it.
 *
 * `adopt`: commands in the outbox, if this page leads. `isKept`: whether a command that is shown has been in there.
 */
export function createAudit(
  outbox: Outbox,
  page: Page,
  isKept: (id: string) => boolean,
  adopt: (commands: readonly Command[]) => void,
): (leads: boolean) => Promise<void> {
  let missing: ReadonlySet<string> = new Set();
  return async leads => {
    const shown = page.pending().filter(({ id }) => isKept(id));
    if (!leads && shown.length === 0) return;
    const kept = await outbox.load();
    if (leads) adopt(kept);
    const ids = new Set(kept.map(({ id }) => id));
    const gone = shown.filter(({ id }) => !ids.has(id));
    // Missed twice: the first time, word of it may be on its way.
    for (const command of gone) if (missing.has(command.id)) page.gone(command);
    missing = new Set(gone.map(({ id }) => id));
  };
}
