import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { connectIn } from '../src/connect.js';
import type { Surroundings } from '../src/surroundings.js';
import { createDevice, whenOpened } from './device.js';
import { createFakeServer } from './fake-server.js';
import { createWorld } from './world.js';

interface Ui {
  readonly open: readonly string[];
}
const initial: Ui = { open: [] };
const add = (value: string) => [{ op: 'add', path: '/open/-', value }] as const;

/** Pages of one device, the first of which cannot do what `fails` says: read or write. */
function setUp() {
  const world = createWorld(createFakeServer());
  const device = createDevice(world);
  let fails: IDBTransactionMode | undefined;
  const first = device.page().surroundings;
  const storage = whenOpened(first.storage as IDBFactory, database => {
    const begin = database.transaction.bind(database);
    database.transaction = ((names: string[], mode: IDBTransactionMode, more: object) => {
      if (mode === fails) throw new DOMException('no', 'DataError');
      return Reflect.apply(begin, database, [names, mode, more]);
    }) as never;
  });
  const page = (surroundings: Surroundings = { ...first, storage }) =>
    connectIn(surroundings, { url: 'ws://test', token: 'ada' }).local<Ui>('ui', { persist: true, initial });
  const fail = (mode?: IDBTransactionMode) => {
    fails = mode;
  };
  return { world, device, page, fail };
}

describe('a local document', () => {
  it('keeps with the next change what could not be written before', async () => {
    const { world, device, page, fail } = setUp();
    const ui = page();
    const other = page(device.page().surroundings);
    await world.settle();
    const seen: unknown[] = [];
    ui.subscribe(({ value, status }) => seen.push(`${value?.open.join()} ${status}`));

    fail('readwrite');
    const lost = ['a', 'b'].map(name => ui.patch(add(name)));
    await world.settle();
    fail();
    await ui.patch(add('c')).durable;
    await world.settle();
    other.patch(add('d'));
    await world.settle();

    for (const { durable, receipt } of lost) {
      await assert.rejects(durable, { code: 'storage' });
      await receipt;
    }
    assert.deepEqual([...new Set(seen)], ['a live', 'a,b live', 'a,b,c live', 'a,b,c,d live']);
    const later = page(device.page().surroundings);
    await world.settle();
    assert.deepEqual(
      [later, other].map(one => one.get().value?.open),
      Array(2).fill(['a', 'b', 'c', 'd']),
    );
  });

  it('shows what could not be written though another page writes, and writes it when it can', async () => {
    const { world, device, page, fail } = setUp();
    const ui = page();
    const other = page(device.page().surroundings);
    await world.settle();
    const seen: string[] = [];
    ui.subscribe(({ value, status }) => status === 'live' && seen.push(`${value?.open.join()}`));

    fail('readwrite');
    ui.patch(add('a'));
    await world.settle();
    other.patch(add('x'));
    await world.settle();
    const meanwhile = seen.at(-1);
    fail();
    other.patch(add('y'));
    await world.advance(2000);

    assert.deepEqual([meanwhile, ui.get().value?.open], ['x,a', ['x', 'y', 'a']]);
    assert.ok(
      seen.every(list => list.includes('a')),
      seen.join(' '),
    );
    assert.deepEqual([other.get().value, ui.get().status], [ui.get().value, 'live']);
  });

  it('is not what it was at first because it cannot be read now', async () => {
    const { world, device, page, fail } = setUp();
    const mute = device.page();
    const [ui, unheard] = [page(), page(mute.surroundings)];
    await world.settle();
    ui.patch(add('a'));
    await world.settle();
    const seen = new Set<string>();
    ui.subscribe(({ value, status }) => seen.add(`${value?.open.join()} ${status}`));
    mute.mute();
    unheard.patch(add('b'));
    await world.settle();

    fail('readonly');
    page(device.page().surroundings).patch(add('c'));
    await world.advance(500);
    const meanwhile = [...seen];
    fail();
    await world.advance(2000);

    assert.deepEqual(meanwhile, ['a stale']);
    assert.deepEqual([...seen], ['a stale', 'a,b,c live']);
  });

  it('has nothing to take back after a refusal', async () => {
    const { world, page } = setUp();
    const ui = page();
    await world.settle();

    const { receipt } = ui.patch(add('a'), { if: 7 });
    await world.settle();

    await assert.rejects(receipt, { code: 'version-mismatch' });
    assert.deepEqual([ui.canUndo, ui.undo()], [false, undefined]);
  });

  it('that is not kept waits for nothing, no token either', async () => {
    const world = createWorld(createFakeServer());
    const token = () => new Promise<string>(() => {});
    const client = connectIn(createDevice(world).page().surroundings, { url: 'ws://test', token });
    const ui = client.local<Ui>('ui', { initial });

    const { receipt } = ui.patch(add('a'));
    await world.settle();

    assert.deepEqual([(await receipt).version, ui.get().pending], [1, 0]);
  });
});
