import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { connectIn } from '../src/connect.js';
import { createDevice } from './device.js';
import { createFakeServer } from './fake-server.js';
import { createWorld } from './world.js';

interface Ui {
  readonly theme: string;
  readonly open: readonly string[];
}

function setUp() {
  const world = createWorld(createFakeServer());
  const device = createDevice(world);
  const page = () => connectIn(device.page().surroundings, { url: 'ws://test', token: 'ada' });
  return { world, device, page };
}

const initial: Ui = { theme: 'light', open: [] };

describe('a local document', () => {
  it('is there at once, changes at once and can be undone', async () => {
    const { page, world } = setUp();
    const ui = page().local<Ui>('ui', { initial });
    const seen: unknown[] = [];
    ui.select(doc => doc.theme).subscribe(theme => seen.push(theme));

    const change = ui.update(d => {
      d.theme = 'dark';
    });
    await world.settle();
    ui.undo();
    await world.settle();

    assert.deepEqual(seen, ['dark', 'light']);
    assert.deepEqual([ui.get().status, ui.get().version, (await change.receipt).version], ['live', 2, 1]);
    await change.durable;
  });

  it('is shared by all pages and outlives them, if it is to be kept', async () => {
    const { page, world } = setUp();
    const [one, two] = [page(), page()];
    const [a, b] = [one, two].map(client => client.local<Ui>('ui', { persist: true, initial }));
    await world.settle();

    a?.update(d => {
      d.open.push('x');
    });
    b?.update(d => {
      d.open.push('y');
    });
    await world.settle();
    const both = [a?.get().value, b?.get().value];
    await one.close();
    await two.close();
    const later = page().local<Ui>('ui', { persist: true, initial });
    await world.settle();

    assert.deepEqual(both[0], both[1]);
    assert.deepEqual([...(both[0]?.open ?? [])].sort(), ['x', 'y']);
    assert.deepEqual(later.get().value, both[0]);
  });

  it('says why a change is refused, and works without any storage', async () => {
    const { device, world } = setUp();
    const client = connectIn({ ...device.page().surroundings, storage: undefined }, { url: 'ws://test' });
    const ui = client.local<Ui>('ui', { persist: true, initial });
    await world.settle();

    const refused = ui.set({ theme: 'x', open: [] }, { if: 7 });
    await assert.rejects(refused.receipt, { code: 'version-mismatch' });
    const { durable, receipt } = ui.set({ theme: 'y', open: [] });
    await world.settle();
    await assert.rejects(durable, { code: 'storage' });
    await receipt;

    assert.equal(ui.get().value?.theme, 'y');
    assert.equal(client.local('ui'), ui);
  });

  it('takes a change made by whoever sees another behind it', async () => {
    const { page, world } = setUp();
    for (const persist of [false, true]) {
      const ui = page().local<{ readonly a: number; readonly more?: object }>(`x${persist}`, {
        persist,
        initial: { a: 0 },
      });
      await world.settle();
      ui.select(({ a }) => a).subscribe(a => a === 1 && ui.patch([{ op: 'add', path: '/more/b', value: a }]));

      ui.update(d => void Object.assign(d, { a: 1, more: {} }));
      await world.settle();

      assert.deepEqual(ui.get().value, { a: 1, more: { b: 1 } });
    }
  });

  it('is kept or not as it was asked for first, and says so to whoever asks for something else', async () => {
    const { page } = setUp();
    const client = page();
    const ui = client.local<Ui>('ui');

    assert.throws(() => client.local('ui', { persist: true }), {
      message: 'local ui: persist true (expected: false, as it was asked for first)',
    });
    assert.equal(client.local('ui', { persist: false, initial: null }), ui);
  });

  it('takes any number of changes at once, kept or not', async () => {
    const { page, world, device } = setUp();
    const without = connectIn({ ...device.page().surroundings, storage: undefined }, { url: 'ws://test' });
    for (const ui of [
      page().local<Ui>('ui', { initial }),
      page().local<Ui>('kept', { initial, persist: true }),
      without.local<Ui>('ui', { initial, persist: true }),
    ]) {
      await world.settle();
      const changes = ['a', 'b', 'c'].map(name => ui.update(d => void d.open.push(name as never)));
      changes.push(ui.set({ theme: 'x', open: [] }, { if: 2 }));
      await world.settle();

      const receipts = await Promise.allSettled(changes.map(({ receipt }) => receipt));
      assert.deepEqual(
        receipts.map(({ status }) => status),
        ['fulfilled', 'fulfilled', 'fulfilled', 'rejected'],
      );
      assert.deepEqual([ui.get().value?.open, ui.get().version, ui.get().pending], [['a', 'b', 'c'], 3, 0]);
    }
  });

  it('that is not kept is each page’s own, whatever others keep under its name', async () => {
    const { page, world } = setUp();
    const all = [page(), page(), page()].map((client, i) => client.local<Ui>('ui', { initial, persist: i === 2 }));
    await world.settle();

    for (const [i, ui] of all.entries()) {
      for (const name of ['a', 'b']) ui.update(d => void d.open.push(`${name}${i}` as never));
      await world.settle();
    }

    assert.deepEqual(
      all.map(ui => ui.get().value?.open),
      [0, 1, 2].map(i => [`a${i}`, `b${i}`]),
    );
  });
});
