import { addressesOf } from './address.js';
import type { Change, ConnectionInfo, ConnectOptions, Holdfast, PendingCommand, UpdateOptions } from './api.js';
import { commandOf, createChanges } from './changes.js';
import { HoldfastError } from './errors.js';
import { createHandover } from './handover.js';
import { createIds, randomId } from './ids.js';
import { wellFormed } from './json.js';
import { createKinds } from './kinds.js';
import { createLocals } from './local.js';
import type { Control, Info } from './messages.js';
import { createPage } from './page.js';
import type { Op } from './patch.js';
import { shownOf } from './reducer.js';
import { createRelay } from './relay.js';
import { createReplicas, type Replica } from './replicas.js';
import { createSeats } from './seats.js';
import { createSession } from './session.js';
import { openStorage, type Storage } from './storage.js';
import { platform, type Surroundings } from './surroundings.js';
import { isSame, listen, tellAll } from './tell.js';
import { createTokens } from './tokens.js';
import { createUnkept } from './unkept.js';
import type { Relay } from './way.js';

const TAB_LENGTH = 6;

/** Connects, and stays connected until `close`. */
export function connect(options: ConnectOptions): Holdfast {
  return connectIn(platform(options.WebSocket), options);
}

/** `connect` in given surroundings: where everything comes together. */
export function connectIn(outside: Surroundings, options: ConnectOptions): Holdfast {
  const { socket: url, origin } = addressesOf(options.url);
  const tab = randomId(TAB_LENGTH);
  const ids = createIds(tab, outside.now);
  const tokens = createTokens(options.token);
  const changes = createChanges();
  const connectionListeners = new Set<(info: ConnectionInfo) => void>();
  const pendingListeners = new Set<(none: undefined) => void>();
  let info: Info = { status: 'connecting', detail: '', leader: false, paused: false };
  let pendingNow: readonly PendingCommand[] | undefined;
  let client = '';
  let relay: Relay | undefined;
  let stopKeeping = () => {};
  let closing: Promise<void> | undefined;

  const storage = openStorage(outside, options, tokens, origin);
  const kinds = createKinds(origin, options.kinds, outside, storage);
  const onlookers = new Set<(replica: Replica) => void>();
  const replicas = createReplicas(pendingChanged, replica => {
    seats.changed(replica);
    tellAll(onlookers, replica);
  });
  const seats = createSeats({
    ...{ outside, tab, replicas, submit, useRelay, storage, kinds },
    info: () => info,
    earlier: () => started,
  });
  const page = createPage(outside, replicas, seats.of, changes, ids.behind, (id, tell) =>
    relay?.onBehalf(id.slice(-TAB_LENGTH), tell),
  );
  const { onFrame } = options;
  const traffic: typeof onFrame = onFrame && ((...crossed) => tellAll(new Set([() => onFrame(...crossed)]), undefined));
  const spare = createUnkept(page, traffic, host => createSession(url, tokens, outside, host));
  const handover = createHandover({
    ...{ storage, kinds, page, changes, kept: pendingChanged },
    send: command => useRelay(there => there.request({ m: 'submit', tab, command })),
    sendUnkept: command => void (info.status === 'closed' || spare.submit(command)),
  });
  const started = storage.then(start);

  async function start({ name, outbox, cache }: Storage): Promise<void> {
    client = outbox.client;
    if (info.status === 'closed') return;
    relay = createRelay({
      ...{ outside, name, tab, outbox, tokens, page, traffic },
      isKept: handover.isKept,
      connect: host => createSession(url, tokens, outside, host),
      info: inform,
      overhear: spare.overhear,
      refreshed: spare.reconnect,
    });
    stopKeeping = outside.onAwake(awake => {
      if (awake) spare.wake();
      else void cache?.flush();
    });
    // What cannot be read is not shown; it is sent all the same, by whoever can.
    page.submitted(await outbox.load().catch(() => []));
  }

  function useRelay(use: (relay: Relay) => void): void {
    void started.then(() => relay !== undefined && info.status !== 'closed' && use(relay));
  }

  function inform(next: Info): void {
    if (info.status === 'closed' || isSame(info, next)) return;
    if (info.paused !== next.paused) spare.pause(next.paused);
    info = next;
    tellAll(connectionListeners, next);
  }

  function pendingChanged(): void {
    pendingNow = undefined;
    tellAll(pendingListeners, undefined);
  }

  function pending(): readonly PendingCommand[] {
    pendingNow ??= page
      .pending()
      .map(({ id, entity, seq, sent, ops, at }) => ({
        ...{ id, entity, seq, ops, at },
        state: sent ? ('sent' as const) : handover.isKept(id) ? ('durable' as const) : ('shown' as const),
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    return pendingNow;
  }

  function submit(replica: Replica, ops: readonly Op[], given: UpdateOptions | undefined, recorded: boolean): Change {
    const command = commandOf(ids.next(), replica.name, ops, outside.now(), given);
    if (info.status === 'closed') {
      const closed = Promise.reject(new HoldfastError('closed', 'client: closed (expected: open)'));
      return changes.made(command, closed, closed);
    }
    const base = replica.state;
    // First in line, then shown: whoever sees it may make the next.
    const change = handover.submit(base, command, recorded);
    page.submitted([command]);
    return change;
  }

  function close(): Promise<void> {
    closing ??= end();
    return closing;
  }

  async function end(): Promise<void> {
    // What has nowhere to go yet is not waited for: a token may never come.
    if (relay !== undefined) await handover.done();
    inform({ status: 'closed', detail: '', leader: false, paused: false });
    relay?.stop();
    spare.stop();
    stopKeeping();
    locals.stop();
    page.hear({ m: 'down' });
    changes.abandon('client: closed before there was a receipt');
    const closed = storage.then(async ({ cache, outbox }) => {
      await handover.done();
      await cache?.close();
      outbox.close();
    });
    if (relay !== undefined) await closed;
  }

  const locals = createLocals(outside, storage, ids.next);
  options.devtools?.({
    documents: () => Object.fromEntries(Array.from(replicas.all(), ({ name, state }) => [name, shownOf(state)])),
    onChange: look => void onlookers.add(({ name, snapshot }) => look(name, snapshot)),
    travel: replicas.travel,
  });
  const control = (what: Control) => () => useRelay(there => there.request({ m: 'control', control: what }));
  return {
    get client() {
      return client;
    },
    get status() {
      return info.status;
    },
    connection: { get: () => info, subscribe: listener => listen(connectionListeners, listener) },
    entity: name => seats.handOut(named('entity', name)) as never,
    local: (name, given) => locals.of(named('local', name), given as never) as never,
    ...{ pending, close },
    subscribePending: listener => listen(pendingListeners, listener),
    refresh: token => useRelay(there => there.request({ m: 'refresh', token })),
    pause: control('pause'),
    resume: control('resume'),
    reconnect: control('reconnect'),
  };
}

/** What is no name would be one like any other from then on, and break whatever goes through them all. */
function named(what: string, name: unknown): string {
  // Half a character would end the connection of everybody.
  if (typeof name === 'string' && wellFormed(JSON.stringify(name)) === JSON.stringify(name)) return name;
  throw new TypeError(`${what}: ${String(name)} (expected: its name)`);
}
