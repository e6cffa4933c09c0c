import type { PendingCommand } from '@holdfast/client';
import { aboutOf } from './about';

/** What a to-do's last change has come to: on screen, on this device, on its way, or confirmed. */
export type Ink = 'shown' | 'durable' | 'sent' | 'ink';

export const INK_WORDS: Readonly<Record<Ink, string>> = {
  shown: 'not kept yet',
  durable: 'kept on this device',
  sent: 'on its way to the server',
  ink: '',
};

/** How far the newest change of each to-do, and of the title, has come: the pending ones are in order. */
export function inks(pending: readonly PendingCommand[]): ReadonlyMap<string, Ink> {
  const states = new Map<string, Ink>();
  for (const { ops, state } of pending) {
    for (const op of ops) {
      const about = aboutOf(op);
      if (about !== undefined) states.set(about, state);
    }
  }
  return states;
}
