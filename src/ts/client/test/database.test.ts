import assert from 'node:assert/strict';
import { IDBFactory } from 'fake-indexeddb';
import { describe, it } from 'vitest';
import { done, openDatabase, valueIn } from '../src/database.js';

describe('a database that was closed under its page', () => {
  /** Opens, or fails with that name. */
  const unsteady = (real: IDBFactory, why: () => string | undefined) =>
    ({
      open(...of: Parameters<IDBFactory['open']>) {
        const name = why();
        if (name === undefined) return real.open(...of);
        const request: { error?: unknown; onerror?: () => void } = {};
        setImmediate(() => {
          request.error = new DOMException('no', name);
          request.onerror?.();
        });
        return request;
      },
    }) as unknown as globalThis.IDBFactory;

  for (const name of ['QuotaExceededError', 'AbortError', 'UnknownError'])
    it(`is opened again, though it could not be once: ${name}`, async () => {
      const real = new IDBFactory();
      let why: string | undefined;
      const database = await openDatabase(
        unsteady(real, () => why),
        'x',
        { a: undefined },
      );
      await done(real.deleteDatabase('x'));

      why = name;
      await assert.rejects(
        database.run('readwrite', store => void store('a').put(1, 'k')),
        { name },
      );
      why = undefined;
      await database.run('readwrite', store => void store('a').put(2, 'k'));

      assert.equal(await database.run('readonly', store => valueIn(store('a'), 'k')), 2);
      database.close();
      await assert.rejects(
        database.run('readonly', store => valueIn(store('a'), 'k')),
        { name: 'AbortError' },
      );
    });
});
