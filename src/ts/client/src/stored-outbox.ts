import type { Command, Numbered } from './command.js';
import { type Database, done, openDatabase, valueIn } from './database.js';
import { randomId } from './ids.js';
import type { Outbox } from './outbox.js';

const [COMMANDS, NUMBERS, META] = ['commands', 'numbers', 'meta'] as const;
export const LOCALS = 'locals';

type Store = (name: string) => IDBObjectStore;

/** The database of what exists on this device only: commands on their way, and local documents. It is never dropped. */
export function openOutboxDatabase(
  factory: IDBFactory,
  name: string,
  makeRoom?: () => Promise<void>,
): Promise<Database> {
  const stores = { [COMMANDS]: 'id', [NUMBERS]: undefined, [META]: undefined, [LOCALS]: undefined };
  return openDatabase(factory, name, stores, makeRoom);
}

/** The outbox all pages of one account share. A command is settled for certain when it is not in there any more. */
export async function createStoredOutbox(database: Database): Promise<Outbox> {
  const client = await database.run('readwrite', store => noted(store, 'client', randomId(24)));
  return {
    client,
    async load() {
      const rows = await database.run('readonly', store => done(store(COMMANDS).getAll() as IDBRequest<Command[]>));
      return rows.sort(byNumber);
    },
    add: createWriter(commands =>
      database.run('strict', store => {
        for (const command of commands) store(COMMANDS).put(command);
      }),
    ),
    lead: () =>
      database.run('readwrite', async store => {
        // Under another id, numbers of old would be given once more.
        if ((await valueIn(store(META), 'client')) !== client) return undefined;
        const term = (await termIn(store)) + 1;
        store(META).put(term, 'term');
        return term;
      }),
    leads: async term => term === (await database.run('readonly', termIn)),
    number: (term, commands, startOver) =>
      database.run('readwrite', async store =>
        (await termIn(store)) === term ? numberIn(store, commands, startOver) : undefined,
      ),
    remove(ids) {
      // A command that stays is sent once more by the next page, and found a duplicate.
      database.run('readwrite', store => ids.forEach(id => void store(COMMANDS).delete(id))).catch(() => {});
    },
    async belongsTo(subject) {
      // Where there is no room for anything, what is known can still be read.
      const known = await database.run('readonly', store => valueIn<string>(store(META), 'subject'));
      return subject === (known ?? (await database.run('readwrite', store => noted(store, 'subject', subject))));
    },
    close: () => database.close(),
  };
}

/** In the order of their numbers, and behind those with one, in that in which they were made. */
function byNumber(a: Command, b: Command): number {
  const [one, other] = [a.seq ?? Number.MAX_SAFE_INTEGER, b.seq ?? Number.MAX_SAFE_INTEGER];
  return one - other || (a.id < b.id ? -1 : 1);
}

/**
 * Writes one batch after the other: what comes while the disk is busy goes in the next one, together. If one fails, so does that
 * which waits behind it, for nothing is kept that belongs behind what is not.
 */
function createWriter(write: (commands: readonly Command[]) => Promise<void>): Outbox['add'] {
  let busy: Promise<void> | undefined;
  let next: Command[] | undefined;

  function begin(batch: Command[]): Promise<void> {
    next = batch;
    const own = Promise.resolve(busy)
      .finally(() => {
        next = undefined;
      })
      .then(() => write(batch));
    const over = () => {
      if (busy === own) busy = undefined;
    };
    own.then(over, over);
    return own;
  }

  return command => {
    if (next === undefined) busy = begin([]);
    next?.push(command);
    return busy as Promise<void>;
  };
}

/** What is noted under that name; the text, from now on, if nothing is. Written again, so that a full disk is noticed. */
async function noted(store: Store, name: string, text: string): Promise<string> {
  const known = (await valueIn<string>(store(META), name)) ?? text;
  store(META).put(known, name);
  return known;
}

async function termIn(store: Store): Promise<number> {
  return (await valueIn<number>(store(META), 'term')) ?? 0;
}

async function numberIn(
  store: Store,
  commands: readonly Command[],
  startOver: readonly string[],
): Promise<readonly Numbered[]> {
  const last = new Map<string, number>();
  for (const entity of new Set(commands.map(command => command.entity))) {
    const known = await valueIn<number>(store(NUMBERS), entity);
    last.set(entity, startOver.includes(entity) ? 0 : (known ?? 0));
  }
  const rows = await Promise.all(commands.map(({ id }) => valueIn<Command>(store(COMMANDS), id)));
  const numbered = commands.flatMap((command, i): readonly Numbered[] => {
    const row = rows[i];
    if (row === undefined) return [];
    // An earlier leader may have sent it: it keeps that number.
    const known = last.get(command.entity) as number;
    const seq = row.seq === undefined || startOver.includes(row.entity) ? known + 1 : row.seq;
    last.set(command.entity, Math.max(known, seq));
    if (seq === row.seq) return [{ ...row, seq }];
    return [{ ...command, seq }];
  });
  for (const command of numbered) store(COMMANDS).put(command);
  for (const [entity, seq] of last) store(NUMBERS).put(seq, entity);
  return numbered;
}
