import { whenOpened } from './device.js';

/** The storage, whose transactions fail with the name of an error, if `why` says one for their mode. */
export function failing(
  storage: IDBFactory | undefined,
  why: (mode: IDBTransactionMode) => string | undefined,
): IDBFactory {
  return whenOpened(storage as IDBFactory, database => {
    const begin = database.transaction.bind(database);
    database.transaction = ((...of: Parameters<typeof begin>) => {
      const name = why(of[1] as IDBTransactionMode);
      if (name !== undefined) throw new DOMException('no', name);
      return begin(...of);
    }) as typeof begin;
  });
}

/** A disk on which nothing can be written to these stores while there is no room. Clearing a store makes some, on some. */
export function cramped(
  storage: IDBFactory,
  stores: readonly string[],
  room: { there: boolean; readonly byClearing: boolean },
): IDBFactory {
  return whenOpened(storage, database => {
    const begin = database.transaction.bind(database);
    database.transaction = (...of: Parameters<IDBDatabase['transaction']>) => {
      const transaction = begin(...of);
      const storeOf = transaction.objectStore.bind(transaction);
      transaction.objectStore = name => {
        const store = storeOf(name);
        const [put, clear] = [store.put.bind(store), store.clear.bind(store)];
        store.put = (...row: Parameters<typeof put>) => {
          if (!room.there && stores.includes(name)) throw new DOMException('full', 'QuotaExceededError');
          return put(...row);
        };
        store.clear = () => {
          room.there ||= room.byClearing;
          return clear();
        };
        return store;
      };
      return transaction;
    };
  });
}
