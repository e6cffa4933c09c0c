import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { connectIn } from '../src/connect.js';
import { createDevice, type DevicePage } from './device.js';
import { failing } from './failing.js';
import { createFakeServer } from './fake-server.js';
import { setUp } from './kept.js';
import { createWorld } from './world.js';

describe('a database that fails for a while', () => {
  /** A page whose database says so, when it is to do what `why` says. */
  function unsteady({ surroundings, ...page }: DevicePage, why: (mode: IDBTransactionMode) => string | undefined) {
    return { ...page, surroundings: { ...surroundings, storage: failing(surroundings.storage, why) } };
  }

  it('has commands kept again once there is room again', async () => {
    const { device, world, open, push } = setUp();
    let full = false;
    const page = unsteady(device.page(), mode => (full && mode === 'readwrite' ? 'QuotaExceededError' : undefined));
    const { board } = open({}, page);
    await world.advance(3000);
    full = true;
    const first = push(board, 1);
    await world.advance(5000);
    await assert.rejects(first.durable, { code: 'storage' });
    await first.receipt;

    full = false;
    const second = push(board, 2);
    await world.advance(5000);

    await second.durable;
  });

  it('just when the server greets is asked again, over another connection', async () => {
    const { device, world, open } = setUp();
    let [greetings, until] = [0, 0];
    const page = unsteady(device.page(), () => (world.now() < until ? 'DataError' : undefined));
    const onFrame = (_: string, { t }: { readonly t: string }) => {
      if (t !== 'hello') return;
      greetings += 1;
      if (greetings === 1) until = world.now() + 500;
    };

    const { client, board } = open({ onFrame }, page);
    await world.advance(6000);

    assert.deepEqual([client.status, board.get().status, greetings], ['online', 'live', 2]);
  });
});

describe('a local document', () => {
  it('that did not hear of a change reads it', async () => {
    const world = createWorld(createFakeServer());
    const device = createDevice(world);
    const pages = [device.page(), device.page()] as const;
    const [mute, other] = pages.map(({ surroundings }) =>
      connectIn(surroundings, { url: 'ws://test', token: 'ada' }).local<{ readonly open: readonly string[] }>('ui', {
        persist: true,
        initial: { open: [] },
      }),
    );
    await world.settle();
    pages[0].mute();
    mute?.update(d => void d.open.push('x'));
    await world.settle();

    other?.update(d => void d.open.push('y'));
    await world.settle();

    const { value, status, pending } = other?.get() ?? {};
    assert.deepEqual([value, status, pending], [{ open: ['x', 'y'] }, 'live', 0]);
  });
});
