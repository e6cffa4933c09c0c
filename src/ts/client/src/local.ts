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
import type { Surroundings } from './surroundings.js';

const READ_AGAIN_MS = 1000;
/** So many changes that could not be written are tried again. */
const MOST_UNWRITTEN = 100;

/** A local document as it is kept. */
interface Row {
  readonly doc: Json;
  readonly version: number;
}

export interface Locals {
  of(name: string, options?: LocalOptions<Json>): Local;
  /** Hears nothing of other pages any more. */
  stop(): void;
}

/** The documents that never leave this device. Those that are kept, all pages share: the database is what a server is to others. */
export function createLocals(outside: Surroundings, storage: Promise<Storage>, nextId: () => string): Locals {
  const replicas = createReplicas(
    () => {},
    () => {},
  );
  const changes = createChanges();
  let stopped = false;
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

    /** With what could not be written on top. */
    function show(row: Row): void {
      const { doc, version } = unwritten.reduce((last, command) => judged(last, command)[0], row);
      replicas.update(replica, received(replica.state, { t: 'state', entity: name, doc, version, epoch: 1 }, []).state);
    }

    async function read(): Promise<void> {
      const { database } = await storage;
      try {
        const row = await database?.run('readonly', store => valueIn<Row>(store(LOCALS), name));
        const { following, confirmed } = replica.state;
        // Another page may have told of newer ones meanwhile.
        if (following !== 'yes' || (row ?? first).version > confirmed.version) show(row ?? first);
      } catch {
        // What cannot be read now is not gone.
        if (!replica.state.known) show(first);
        if (!stopped) outside.after(READ_AGAIN_MS, () => void read());
      }
    }

    /** One after the other: what could not be written goes with what comes next. */
    let line: Promise<unknown> = Promise.resolve();
    let unwritten: readonly Command[] = [];

    function write(command: Command): Promise<void> {
      const written = line.then(() => (persist ? keep(command) : settle(command, judgedHere(command))));
      line = written.catch(() => {});
      return written;
    }

    async function keep(command?: Command): Promise<void> {
      const [{ database }, to] = await Promise.all([storage, channel]);
      const commands = [...unwritten, ...(command === undefined ? [] : [command])];
      if (commands.length === 0) return;
      try {
        if (database === undefined) throw 'nothing is kept here';
        const outcomes = await database.run('strict', store => writeIn(store(LOCALS), first, commands));
        unwritten = [];
        commands.forEach((one, i) => {
          const changed = changedBy(one, outcomes[i] as Outcome);
          if (one === command) settle(one, outcomes[i] as Outcome);
          if (changed.ops.length > 0) to?.postMessage(changed);
        });
      } catch (problem) {
        // The page itself has to do.
        if (database !== undefined) unwritten = commands.slice(-MOST_UNWRITTEN);
        if (command !== undefined) settle(command, judgedHere(command));
        throw new HoldfastError('storage', `local: ${problem} (expected: room for it)`);
      }
    }

    const judgedHere = (command: Command) => judged(replica.state.confirmed, command)[1];

    function changedBy({ ops }: Command, outcome: Outcome): Changed {
      const { version } = outcome;
      const refused = 'code' in outcome;
      return {
        ...{ t: 'changed', entity: name, from: refused ? version : version - 1, version },
        ...{ ops: refused ? [] : ops, changes: [] },
      };
    }

    function settle(command: Command, outcome: Outcome): void {
      if ('code' in outcome) local.forget(command.id);
      hear(changedBy(command, outcome), [[command.id, outcome]]);
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

    /** Where another page could write, this one may be able to. */
    function heard(changed: Changed): void {
      hear(changed);
      if (unwritten.length > 0) line = line.then(() => keep()).catch(() => {});
    }

    if (persist) void read();
    else show(first);
    const local = createEditable<Json>(replica, {
      observe: () => () => {},
      keys: () => ({}),
      now: outside.now,
      submit,
    });
    return { local, persist, hear: persist ? heard : () => {} };
  }

  return {
    of(name, options = {}) {
      const { local, persist } = obtain(locals, name, () => make(name, options));
      if ((options.persist ?? persist) !== persist)
        throw new TypeError(
          `local ${name}: persist ${options.persist} (expected: ${persist}, as it was asked for first)`,
        );
      return local;
    },
    stop() {
      stopped = true;
      void channel.then(opened => opened?.close());
    },
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

async function writeIn(store: IDBObjectStore, first: Row, commands: readonly Command[]): Promise<readonly Outcome[]> {
  const [{ entity }] = commands as readonly [Command];
  const row = (await valueIn<Row>(store, entity)) ?? first;
  let last = row;
  const outcomes = commands.map(command => {
    const [next, outcome] = judged(last, command);
    last = next;
    return outcome;
  });
  if (last !== row) store.put(last, entity);
  return outcomes;
}
