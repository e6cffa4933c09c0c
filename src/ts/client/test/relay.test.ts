import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import type { Command, Outcome } from '../src/command.js';
import type { Request } from '../src/messages.js';
import { createMemoryOutbox } from '../src/outbox.js';
import type { Page } from '../src/page.js';
import { createRelay } from '../src/relay.js';
import type { Session } from '../src/session.js';
import type { Channel } from '../src/surroundings.js';
import { createTokens } from '../src/tokens.js';
import { createDevice } from './device.js';
import { createFakeServer } from './fake-server.js';
import { createWorld } from './world.js';

const command = (id: string): Command => ({ id, entity: 'board/a', ops: [], at: 0 });

const blank = { hear: () => false, submitted: () => [], pending: () => [], doubt() {}, unsent() {} };

describe('a page that leads', () => {
  it('takes up what lies in the outbox, and rids it of what is settled', async () => {
    const world = createWorld(createFakeServer({}));
    const settled = new Map<string, Outcome>();
    const removed: string[] = [];
    const submitted: string[] = [];
    const session = { submit: ({ id }: Command) => submitted.push(id), tick() {}, stop() {} };
    const page = {
      ...blank,
      submitted: (commands: readonly Command[]) =>
        commands.flatMap(({ id }) => (settled.has(id) ? [[id, settled.get(id) as Outcome]] : [])),
    };
    let stored: readonly Command[] = [];
    const relay = createRelay({
      outside: createDevice(world).page().surroundings,
      ...{ name: 'account', tab: 'one', traffic: undefined },
      ...{ tokens: createTokens(undefined), info() {}, overhear() {}, refreshed() {} },
      outbox: {
        ...createMemoryOutbox('c'),
        load: async () => stored,
        remove: ids => void removed.push(...ids),
      },
      page: page as unknown as Page,
      connect: () => session as unknown as Session,
      isKept: () => true,
    });
    await world.advance(500);

    stored = [command('heard-late'), command('left-behind')];
    settled.set('heard-late', { version: 1, duplicate: false });
    await world.advance(30_000);

    assert.deepEqual(submitted, ['left-behind']);
    assert.deepEqual([...new Set(removed)], ['heard-late']);
    relay.stop();
  });
});

describe('a page that could not lead at once', () => {
  it('does not lead any more when another one does', async () => {
    const world = createWorld(createFakeServer({}));
    const device = createDevice(world);
    const { locks, channel } = device.page().surroundings;
    const line = channel?.('account') as Channel;
    let tries = 0;
    const lead = async () => {
      tries += 1;
      throw new DOMException('full', 'QuotaExceededError');
    };
    const relay = createRelay({
      outside: device.page().surroundings,
      ...{ name: 'account', tab: 'one', traffic: undefined },
      ...{ tokens: createTokens(undefined), info() {}, overhear() {}, refreshed() {} },
      outbox: { ...createMemoryOutbox('c'), lead },
      page: blank as unknown as Page,
      isKept: () => true,
      connect: () => assert.fail('it leads'),
    });
    await world.advance(500);
    const before = tries;

    void locks?.request('account', { steal: true }, () => new Promise(() => {}));
    for (let i = 0; i < 5; i += 1) {
      line.postMessage({ m: 'info', term: 1, info: { status: 'online', detail: '' } });
      await world.advance(900);
    }

    assert.deepEqual([before, tries], [1, 1]);
    relay.stop();
  });
});

describe('a page that follows', () => {
  it('shows no longer what others made, the outbox has no more, and nobody told the end of', async () => {
    const world = createWorld(createFakeServer({}));
    const device = createDevice(world);
    const { locks, channel } = device.page().surroundings;
    void locks?.request('account', {}, () => new Promise(() => {}));
    const line = channel?.('account') as Channel;
    const gone: string[] = [];
    line.onmessage = ({ data }) => {
      const message = data as Request;
      if (message.m !== 'ask') return;
      const { tab: to, question } = message;
      line.postMessage({ m: 'info', term: 1, info: { status: 'online', detail: '' }, to, question });
    };
    await world.settle();
    const pending = ['of-two', 'gone-of-two', 'gone-of-one', 'never-kept', 'back'].map(command);
    let loads = 0;
    const load = async () => {
      loads += 1;
      return ['of-two', ...(loads > 1 ? ['back'] : [])].map(command);
    };
    const page = {
      ...blank,
      pending: () => pending,
      gone: ({ id }: Command) => gone.push(id),
    };
    const relay = createRelay({
      outside: device.page().surroundings,
      ...{ name: 'account', tab: 'one', traffic: undefined },
      ...{ tokens: createTokens(undefined), info() {}, overhear() {}, refreshed() {} },
      outbox: { ...createMemoryOutbox('c'), load },
      page: page as unknown as Page,
      isKept: id => id !== 'never-kept',
      connect: () => assert.fail('it leads'),
    });

    await world.advance(10_000);

    assert.deepEqual([...new Set(gone)], ['gone-of-two', 'gone-of-one']);
    relay.stop();
  });
});
