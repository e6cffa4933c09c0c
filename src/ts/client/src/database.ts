/** An IndexedDB database whose transactions are promises. */
export interface Database {
  /**
   * Runs `work` in one transaction; resolves with its result when that is complete. `strict` asks for it to be on disk by then.
   */
  run<R>(
    mode: 'readonly' | 'readwrite' | 'strict',
    work: (store: (name: string) => IDBObjectStore) => Promise<R> | R,
  ): Promise<R>;
  close(): void;
}

/**
 * Opens the database, made of key-value stores; where the key is a member of the values, `stores` says which. When there is no
 * room to write, `makeRoom` is called, and it is tried once more.
 */
export async function openDatabase(
  factory: IDBFactory,
  name: string,
  stores: Readonly<Record<string, string | undefined>>,
  makeRoom?: () => Promise<void>,
): Promise<Database> {
  let database: Promise<IDBDatabase> | undefined = opened(factory, name, stores);
  await database;

  function reopen(used: Promise<IDBDatabase> | undefined): void {
    const next = opened(factory, name, stores);
    database = next;
    // The next one tries again.
    next.catch(() => {
      if (database === next) database = used;
    });
  }

  return {
    async run(mode, work) {
      const used = database;
      const once = async () => {
        if (database === undefined) throw new DOMException('database: closed (expected: open)', 'AbortError');
        return transact(await database, Object.keys(stores), mode, work);
      };
      try {
        return await once();
      } catch (error) {
        const why = (error as DOMException).name;
        // Closed under us: another page wanted to delete it, or the platform has lost it.
        if (LOST.has(why) && database !== undefined) {
          if (database === used) reopen(used);
        } else if (why === 'QuotaExceededError' && makeRoom !== undefined) await makeRoom();
        else throw error;
        return once();
      }
    },
    close() {
      database?.then(
        open => open.close(),
        () => {},
      );
      database = undefined;
    },
  };
}

const LOST = new Set(['InvalidStateError', 'UnknownError']);

async function opened(
  factory: IDBFactory,
  name: string,
  stores: Readonly<Record<string, string | undefined>>,
): Promise<IDBDatabase> {
  const opening = factory.open(name, 1);
  opening.onupgradeneeded = () => {
    for (const [store, keyPath] of Object.entries(stores)) {
      opening.result.createObjectStore(store, keyPath === undefined ? {} : { keyPath });
    }
  };
  const database = await done(opening);
  // Another page wants to delete or upgrade it: we must not stand in the way.
  database.onversionchange = () => database.close();
  return database;
}

async function transact<R>(
  database: IDBDatabase,
  stores: readonly string[],
  mode: 'readonly' | 'readwrite' | 'strict',
  work: (store: (name: string) => IDBObjectStore) => Promise<R> | R,
): Promise<R> {
  const strict = mode === 'strict';
  const transaction = database.transaction(stores, strict ? 'readwrite' : mode, {
    durability: strict ? 'strict' : 'relaxed',
  });
  const complete = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('transaction: aborted'));
  });
  try {
    const [result] = await Promise.all([work(store => transaction.objectStore(store)), complete]);
    return result;
  } catch (error) {
    complete.catch(() => {});
    if (transaction.error === null) tryTo(() => transaction.abort());
    throw error;
  }
}

/** What the store has under that key. */
export function valueIn<T>(store: IDBObjectStore, key: string): Promise<T | undefined> {
  return done(store.get(key));
}

/** The result of a request. */
export function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function tryTo(run: () => void): void {
  try {
    run();
  } catch {
    // It is over already.
  }
}
