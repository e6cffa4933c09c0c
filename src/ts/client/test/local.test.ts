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
    ui.set({ theme: 'y', open: [] });
    await world.settle();

    assert.equal(ui.get().value?.theme, 'y');
    assert.equal(client.local('ui'), ui);
  });
});
