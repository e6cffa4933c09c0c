import type { Status } from './api.js';

export type StatusEvent = 'dialled' | 'welcomed' | 'lost' | 'drained' | 'denied' | 'paused' | 'closed';

/** What each event makes of each status; `else` of those not named. */
const TABLE: Readonly<Record<StatusEvent, Partial<Readonly<Record<Status, Status>>> & { readonly else: Status }>> = {
  dialled: { else: 'connecting' },
  welcomed: { else: 'online' },
  // A drained node is gone on purpose: until the next one answers this is no failure, and asking for a token goes on.
  lost: { draining: 'draining', 'needs-auth': 'needs-auth', else: 'offline' },
  drained: { else: 'draining' },
  denied: { else: 'needs-auth' },
  paused: { else: 'offline' },
  closed: { else: 'closed' },
};

export function nextStatus(status: Status, event: StatusEvent): Status {
  return status === 'closed' ? status : (TABLE[event][status] ?? TABLE[event].else);
}
