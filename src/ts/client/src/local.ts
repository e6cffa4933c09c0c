import type { Change, Local, LocalOptions, UpdateOptions } from './api.js';
import { commandOf, createChanges } from './changes.js';
import type { Command, Outcome } from './command.js';
import { valueIn } from './database.js';
import { createEditable } from './editable.js';
import { HoldfastError } from './errors.js';
import type { Changed, ErrorCode } from './frames.js';
import type { Json } from './json.js';
import { obtain } from './obtain.js';
import { applyPatch } from './patch.js';
import { received, submitted } from './reducer.js';
import { createReplicas } from './replicas.js';
import type { Storage } from './storage.js';
import { LOCALS } from './stored-outbox.js';
import type { Channel, Surroundings } from './surroundings.js';

/** A local document as it is kept. */
interface Row {
  readonly doc: Json;
  readonly version: number;
}

/** The documents that never leave this device. Those that are kept, all pages share: the database is what a server is to others. */
export function createLocals(
  outside: Surroundings,
  storage: Promise<Storage>,
  nextId: () => string,
): (name: string, options?: LocalOptions<Json>) => Local {
  const replicas = createReplicas(
    () => {},
    () => {},
  );
  const changes = createChanges();
  const locals = new Map<string, { readonly local: Local; readonly persist: boolean; hear(frame: Changed): void }>();
  const channel = storage.then(({ name, database }) => {
    const opened = database && outside.channel?.(`${name}:local`);
    if (opened !== undefined)
      opened.onmessage = ({ data }) => locals.get((data as Changed).entity)?.hear(data as Changed);
    return opened;
  });

  function make(name: string, { persist = false, initial = null }: LocalOptions<Json>) {
    const replica = replicas.of(name);
    const first: Row = { doc: initial, version: 0 };
    const base = { ...first, epoch: 1 };
    replicas.update(replica, { ...replica.state, following: 'loading', base, confirmed: base });

    function show({ doc, version }: Row): void {
      replicas.update(replica, received(replica.state, { t: 'state', entity: name, doc, version, epoch: 1 }, []).state);
    }

    async function read(): Promise<void> {
      const { database } = await storage;
      const row = database?.run('readonly', store => valueIn<Row>(store(LOCALS), name)).catch(() => undefined);
      show((await row) ?? first);
    }

    async function write(command: Command): Promise<void> {
      const { database } = persist ? await storage : { database: undefined };
      const to = await channel;
      let outcome: Outcome | undefined;
      let problem: unknown;
      try {
        if (persist && database === undefined) throw 'nothing is kept here';
        outcome = await database?.run('strict', store => writeIn(store(LOCALS), first, command));
      } catch (error) {
        problem = error;
      }
      // Where nothing is kept the page itself has to do.
      settle(command, outcome ?? judged(replica.state.confirmed, command)[1], outcome && to);
      if (problem !== undefined) throw new HoldfastError('storage', `local: ${problem} (expected: room for it)`);
    }

    function settle({ id, ops }: Command, outcome: Outcome, to: Channel | undefined): void {
      const { version } = outcome;
      const refused = 'code' in outcome;
      const changed: Changed = {
        ...{ t: 'changed', entity: name, from: refused ? version : version - 1, version },
        ...{ ops: refused ? [] : ops, changes: [] },
      };
      hear(changed, [[id, outcome]]);
      if (!refused) to?.postMessage(changed);
    }

    function hear(changed: Changed, settled: Parameters<typeof received>[2] = []): void {
      const step = received(replica.state, changed, settled);
      replicas.update(replica, step.state);
      changes.settled(settled);
      if (step.state.following !== 'yes') void read();
    }

    function submit(ops: Command['ops'], options: UpdateOptions | undefined): Change {
      const command = commandOf(nextId(), name, ops, outside.now(), options);
      // First in line, then shown: whoever sees it may make the next.
      const change = changes.made(command, write(command));
      replicas.update(replica, submitted(replica.state, [command]));
      return change;
    }

    if (persist) void read();
    else show(first);
    const local = createEditable<Json>(replica, {
      observe: () => () => {},
      keys: () => ({}),
      now: outside.now,
      submit,
    });
    return { local, persist, hear: persist ? hear : () => {} };
  }

  return (name, options = {}) => {
    const { local, persist } = obtain(locals, name, () => make(name, options));
    if ((options.persist ?? persist) !== persist)
      throw new TypeError(
        `local ${name}: persist ${options.persist} (expected: ${persist}, as it was asked for first)`,
      );
    return local;
  };
}

function judged(row: Row, command: Command): readonly [row: Row, outcome: Outcome] {
  const { doc, version } = row;
  try {
    if (command.if !== undefined && command.if !== version) {
      return [row, { version, code: 'version-mismatch', detail: `if: ${command.if} (expected: ${version})` }];
    }
    const next = { doc: applyPatch(doc, command.ops), version: version + 1 };
    return [next, { version: next.version, duplicate: false }];
  } catch (error) {
    const { code, detail, pointer } = error as HoldfastError & { readonly code: ErrorCode; readonly pointer: string };
    return [row, { version, code, detail, pointer }];
  }
}

async function writeIn(store: IDBObjectStore, first: Row, command: Command): Promise<Outcome> {
  const row = (await valueIn<Row>(store, command.entity)) ?? first;
  const [next, outcome] = judged(row, command);
  if (next !== row) store.put(next, command.entity);
  return outcome;
}
