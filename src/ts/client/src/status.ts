import type { Status } from './api.js';

export type StatusEvent = 'dialled' | 'welcomed' | 'lost' | 'drained' | 'denied' | 'paused' | 'closed';

const NEXT: Readonly<Record<StatusEvent, Status>> = {
  dialled: 'connecting',
  welcomed: 'online',
  lost: 'offline',
  drained: 'draining',
  denied: 'needs-auth',
  paused: 'offline',
  closed: 'closed',
};

/** What each event makes of each status. */
export function nextStatus(status: Status, event: StatusEvent): Status {
  // A drained node is gone on purpose: until the next one answers this is no failure, and asking for a token goes on.
  const stays = event === 'lost' && (status === 'draining' || status === 'needs-auth');
  return stays || status === 'closed' ? status : NEXT[event];
}
