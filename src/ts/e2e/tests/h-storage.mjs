import { SAFE } from '../harness/world.mjs';

/** Spoils every row of every database that is not the outbox, one way per row. */
async function spoilCaches() {
  const opened = name =>
    new Promise((done, failed) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
  const ways = [
    () => 'nonsense',
    row => ({ ...row, ...Object.fromEntries(Object.keys(row).map(key => [key, null])) }),
    () => ({}),
    row =>
      Object.fromEntries(
        Object.entries(row).map(([key, value]) => [key, typeof value === 'string' ? value.slice(0, -9) : value]),
      ),
    row =>
      Object.fromEntries(
        Object.entries(row).map(([key, value]) => [key, typeof value === 'number' ? value + 1 : value]),
      ),
  ];
  let spoilt = 0;
  for (const { name } of await indexedDB.databases()) {
    if (!/cache/.test(name)) continue;
    const database = await opened(name);
    for (const store of database.objectStoreNames) {
      await new Promise((done, failed) => {
        const transaction = database.transaction(store, 'readwrite');
        transaction.oncomplete = done;
        transaction.onabort = () => failed(transaction.error);
        transaction.objectStore(store).openCursor().onsuccess = ({ target: { result: cursor } }) => {
          if (cursor === null) return;
          const way = ways[(window.spoiling + spoilt) % ways.length];
          spoilt += 1;
          const { keyPath } = cursor.source;
          const value = way(cursor.value);
          if (keyPath !== null && typeof value === 'object') value[keyPath] = cursor.primaryKey;
          if (keyPath === null) cursor.source.put(value, cursor.primaryKey);
          else if (typeof value === 'object') cursor.update(value);
          cursor.continue();
        };
      });
    }
    database.close();
  }
  return spoilt;
}

export const tests = {
  async 'a damaged cache is dropped and fetched anew, the outbox is not'({ person, finish, line }) {
    const ada = await (await person('ada')).open();
    let spoilt = 0;
    for (let round = 0; round < 5; round++) {
      await ada.shown();
      await ada.type(SAFE, 3, 20);
      await ada.until(() => window.lab.isQuiet());
      await ada.cached();
      line.shut();
      await ada.until(() => window.lab.hf.status !== 'online');
      await ada.type(SAFE, 3, 10);
      await ada.until(() => !window.lab.isTyping() && window.lab.hf.pending().every(one => one.state !== 'shown'));
      await ada.run(n => {
        window.spoiling = n;
      }, round);
      spoilt += await ada.run(spoilCaches);
      await ada.reload();
      line.mend();
    }
    await ada.shown();

    if (spoilt < 5) throw new Error(`${spoilt} rows spoilt (expected: at least one a round)`);
    return `${spoilt} rows spoilt, ${await finish()}`;
  },

  async 'on a disk that is full from the start commands are shown and sent all the same'({ person, finish, ledger }) {
    const adas = await person('ada');
    await adas.fillDisk();
    const ada = await adas.open();
    await ada.shown();

    await ada.type(SAFE, 5, 30);
    await ada.until(() => window.lab.isQuiet());

    return `${notDurable(ledger)} not durable, ${await finish()}`;
  },

  async 'on a disk that becomes full, and has room again, too'({ person, finish, ledger }) {
    const ada = await (await person('ada', { before: [fillable] })).open();
    await ada.shown();
    await ada.type(SAFE, 5, 10);
    await ada.until(() => window.lab.isQuiet());

    for (const full of [true, false, true, false]) {
      await ada.run(state => {
        window.full = state;
      }, full);
      await ada.type(SAFE, 5, 20);
      await ada.until(() => window.lab.isQuiet());
    }

    return `${notDurable(ledger)} not durable, ${await finish()}`;
  },
};

/** While `window.full`, every transaction that writes fails as it does on a full disk. */
function fillable() {
  const { put, add } = IDBObjectStore.prototype;
  const failing = write =>
    function (...of) {
      if (window.full) throw new DOMException('the disk is full', 'QuotaExceededError');
      return write.apply(this, of);
    };
  IDBObjectStore.prototype.put = failing(put);
  IDBObjectStore.prototype.add = failing(add);
}

function notDurable(ledger) {
  const codes = ledger
    .commands()
    .map(command => command['not durable']?.code)
    .filter(code => code !== undefined);
  if (codes.length === 0) throw new Error('every command was durable (expected: code storage)');
  if (codes.some(code => code !== 'storage')) throw new Error(`codes: ${codes} (expected: storage)`);
  return codes.length;
}
