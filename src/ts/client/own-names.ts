/**
 * Names of members that only the client's own code reads and writes: the bundle may have shorter ones. No name belongs here that
 * travels (frames, messages between pages, stored rows), that applications or the platform know, or that is made of a string.
 */
export const OWN_NAMES: readonly string[] = [
  ...['abandon', 'admit', 'admits', 'anew', 'answered', 'applies', 'ask', 'asleep', 'atOnce', 'attempt', 'base'],
  ...['behind', 'belongsTo', 'board', 'broken', 'cancelAgain', 'check', 'connect', 'covered', 'crowded', 'database'],
  ...['depose', 'doubt', 'down', 'drop', 'earlier', 'enter', 'errand', 'errandOf', 'expires', 'flush', 'following'],
  ...['follows', 'forget', 'forgotten', 'handed', 'handOut', 'hear', 'heard', 'hold', 'identity'],
  ...['inform', 'inPlaceOf', 'introduce', 'isKept', 'isNew', 'isOn', 'keyed', 'known', 'last', 'lasts', 'lead'],
  ...['leads', 'letGo', 'listeners', 'live', 'made', 'mail', 'newest', 'news', 'note', 'number', 'onBehalf'],
  ...['outbox', 'outside', 'over', 'overhear', 'passedOver', 'patience', 'places', 'present', 'probe', 'proceed'],
  ...['pump', 'refreshed', 'refusals', 'refuse', 'renewable', 'repeated', 'replica', 'replicas', 'resend', 'resign'],
  ...['rewritten', 'said', 'same', 'sendUnkept', 'sent', 'serveAll', 'shared', 'shown', 'silence', 'silentSince'],
  ...['snapshot', 'submitted', 'tick', 'tokens', 'traffic', 'unkept', 'unreadable', 'unresolved', 'unsent', 'until'],
  ...['unwritten', 'up', 'useRelay', 'voices', 'waiting', 'waits', 'wanted', 'watchers'],
];
