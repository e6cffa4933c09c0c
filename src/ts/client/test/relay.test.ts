import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import type { Command } from '../src/command.js';
import { createMemoryOutbox } from '../src/outbox.js';
import type { Page } from '../src/page.js';
import { createRelay } from '../src/relay.js';
import type { Session } from '../src/session.js';
import { createTokens } from '../src/tokens.js';
import { createDevice } from './device.js';
import { createFakeServer } from './fake-server.js';
import { createWorld } from './world.js';

const command = (id: string): Command => ({ id, entity: 'board/a', ops: [], at: 0 });

describe('a page that leads', () => {
  it('takes up what lies in the outbox, but not what was settled while that was read', async () => {
    const world = createWorld(createFakeServer({}));
    const settled = new Set<string>();
    const submitted: string[] = [];
    const session = { submit: ({ id }: Command) => submitted.push(id), tick() {}, stop() {} };
    const page = { hear: () => false, submitted: ({ id }: Command) => !settled.has(id) };
    let stored: readonly Command[] = [];
    const relay = createRelay({
      outside: createDevice(world).page().surroundings,
      ...{ name: 'account', tab: 'one', shared: true, traffic: undefined },
      ...{ tokens: createTokens(undefined), info() {}, overhear() {} },
      outbox: { ...createMemoryOutbox('c'), load: async () => stored },
      page: page as unknown as Page,
      connect: () => session as unknown as Session,
    });
    await world.advance(500);

    stored = [command('heard-late'), command('left-behind')];
    settled.add('heard-late');
    await world.advance(30_000);

    assert.deepEqual([...new Set(submitted)], ['left-behind']);
    relay.stop();
  });
});
