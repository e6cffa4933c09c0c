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
