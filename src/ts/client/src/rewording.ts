import type { Keys } from './api.js';
import { type Command, travelling } from './command.js';
import { between } from './diff.js';
import { applyPatch } from './patch.js';
import { type EntityState, shownOf } from './reducer.js';

/** The command in terms of the kind's keys, which were not known yet when it was recorded on that state. */
export async function inOtherWords(
  on: EntityState,
  command: Command,
  load: (entity: string) => Promise<Keys>,
): Promise<Command> {
  const keys = await load(command.entity);
  if (Object.keys(keys).length === 0) return command;
  try {
    const base = shownOf(on);
    return { ...command, ops: travelling(between(base, applyPatch(base, command.ops), keys, base)) };
  } catch {
    return command;
  }
}
