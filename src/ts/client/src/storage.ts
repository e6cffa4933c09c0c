import type { ConnectOptions } from './api.js';
import { type Cache, openCache } from './cache.js';
import type { Database } from './database.js';
import { randomId } from './ids.js';
import { createMemoryOutbox, type Outbox } from './outbox.js';
import { createStoredOutbox, openOutboxDatabase } from './stored-outbox.js';
import type { Surroundings } from './surroundings.js';
import { claimsOf, type Tokens } from './tokens.js';

/** What this page keeps and where; without a database nothing outlasts the page, and other pages have no part in it. */
export interface Storage {
  /** Of the account: what its pages find each other by. */
  readonly name: string;
  readonly outbox: Outbox;
  /** Why nothing is kept, if so. */
  readonly broken: unknown;
  readonly cache: Cache | undefined;
  readonly database: Database | undefined;
}

/** A database that has not answered by then may never do. */
const OPEN_WITHIN_MS = 10_000;

export async function openStorage(
  outside: Surroundings,
  options: ConnectOptions,
  tokens: Tokens,
  origin: string,
): Promise<Storage> {
  const nothing: Storage = {
    ...{ name: '', outbox: createMemoryOutbox(randomId(24)) },
    ...{ cache: undefined, database: undefined, broken: 'nothing is kept here' },
  };
  // Pages that keep commands together have to hear each other.
  if (outside.storage === undefined || outside.channel === undefined || options.persist === false) return nothing;
  const account = options.account ?? (await accountOf(outside, tokens, origin));
  const name = `holdfast:${account}@${origin}`;
  const opening = openDatabases(outside, outside.storage, name);
  let late = false;
  let cancel = () => {};
  const patience = new Promise<never>((_, reject) => {
    cancel = outside.after(OPEN_WITHIN_MS, () => {
      late = true;
      reject(new Error(`database: no answer (expected: within ${OPEN_WITHIN_MS / 1000} s)`));
    });
  });
  try {
    return await Promise.race([opening, patience]);
  } catch (error) {
    // It may come yet, and would stand in the way of others.
    if (late) opening.then(close, () => {});
    return { ...nothing, broken: error };
  } finally {
    cancel();
  }
}

async function openDatabases(outside: Surroundings, factory: IDBFactory, name: string): Promise<Storage> {
  const cache = openCache(outside, `${name}:cache`);
  // What the server has as well makes room for what it has not.
  const makeRoom = async () => (await cache).clear();
  const database = await openOutboxDatabase(factory, name, makeRoom);
  return { name, database, broken: undefined, outbox: await createStoredOutbox(database), cache: await cache };
}

function close({ cache, outbox }: Storage): void {
  void cache?.close();
  outbox.close();
}

/** The token's subject; while there is no token to be had, the one of last time. */
async function accountOf({ notes }: Surroundings, tokens: Tokens, origin: string): Promise<string> {
  const key = `holdfast:${origin}`;
  let subject: string | undefined;
  try {
    ({ subject } = claimsOf(await tokens.get()));
    notes?.setItem(key, subject);
    return subject;
  } catch {
    // Who is known needs no note.
    return subject ?? noted(notes, key) ?? 'anonymous';
  }
}

function noted(notes: Surroundings['notes'], key: string): string | null | undefined {
  try {
    return notes?.getItem(key);
  } catch {
    return undefined;
  }
}
