/**
 * Names of members that only the client's own code reads and writes: the bundle may have shorter ones. No name belongs here that
 * travels (frames, messages between pages, stored rows), that applications or the platform know, or that is made of a string.
 */
export const OWN_NAMES: readonly string[] = [
  ...['abandon', 'admits', 'anew', 'answered', 'onBehalf', 'applies', 'ask', 'asleep', 'attempt', 'base', 'behind'],
  ...['belongsTo', 'board', 'broken', 'cancelAgain', 'check', 'connect', 'database', 'depose', 'doubt', 'down'],
  ...['drop', 'earlier', 'errand', 'expires', 'flush', 'following', 'follows', 'forget', 'forgotten', 'handed'],
  ...['hear', 'heard', 'identity', 'isKept', 'isNew', 'keyed', 'known', 'last', 'lead', 'leads', 'listeners', 'live'],
  ...['made', 'mail', 'news', 'note', 'number', 'outbox', 'outside', 'over', 'overhear', 'patience', 'places'],
  ...['present', 'refusals', 'refuse', 'renewable', 'repeated', 'replica', 'replicas', 'resend', 'resign'],
  ...['rewritten', 'same', 'sendUnkept', 'sent', 'shared', 'shown', 'silence', 'silentSince', 'snapshot'],
  ...['submitted', 'tick', 'tokens', 'traffic', 'unresolved', 'up', 'useRelay', 'waiting', 'waits', 'wanted'],
];
