import assert from 'node:assert/strict';
import { afterEach, describe, it, vi } from 'vitest';
import { connectIn } from '../src/connect.js';
import { platform } from '../src/surroundings.js';
import { randomOf } from './chance.js';
import { createFakeServer } from './fake-server.js';
import { NAME, push } from './setup.js';
import { createWorld } from './world.js';

describe('a page in a browser', () => {
  afterEach(() => vi.unstubAllGlobals());

  /** What it hears of its browser: whether it is awake, or that it is left. */
  function setUp() {
    const window = new EventTarget();
    const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
    for (const name of ['addEventListener', 'removeEventListener'] as const)
      vi.stubGlobal(name, window[name].bind(window));
    vi.stubGlobal('document', document);
    const heard: (boolean | 'left')[] = [];
    const { onAwake, onLeave } = platform();
    const stops = [onAwake(awake => heard.push(awake)), onLeave(() => heard.push('left'))];
    const places = { window, document };
    return {
      ...{ document, heard, stops },
      say: (place: keyof typeof places, event: string) => places[place].dispatchEvent(new Event(event)),
    };
  }

  for (const [place, event] of [
    ['window', 'online'],
    ['window', 'offline'],
    ['window', 'pageshow'],
    ['document', 'visibilitychange'],
    ['document', 'resume'],
  ] as const)
    it(`looks after itself when its ${place} says ${event}, and knows whether it is in sight`, () => {
      const { document, heard, say } = setUp();

      say(place, event);
      document.visibilityState = 'hidden';
      say(place, event);

      assert.deepEqual(heard, [true, false]);
    });

  it('hears that it is left, which is no reason to wake up', () => {
    const { heard, say } = setUp();

    say('window', 'pagehide');

    assert.deepEqual(heard, ['left']);
  });

  it('hears nothing more when it does not want to', () => {
    const { heard, say, stops } = setUp();

    for (const stop of stops) stop();
    for (const event of ['online', 'pageshow', 'pagehide']) say('window', event);
    for (const event of ['visibilitychange', 'resume']) say('document', event);

    assert.deepEqual(heard, []);
  });

  it('is awake where there is no document, as in workers', () => {
    const { heard, say } = setUp();
    vi.stubGlobal('document', undefined);

    say('window', 'online');

    assert.deepEqual(heard, [true]);
  });
});

describe('chance', () => {
  /** How long a client waits in all before it tries for the fifth time what does not go well. */
  async function waited(random: () => number, trouble: 'no network' | 'no journal'): Promise<number> {
    const server = createFakeServer({ now: () => 5000 });
    const world = createWorld(server);
    const client = connectIn(world.page({ random }), { url: 'ws://test', token: 'ada' });
    if (trouble === 'no network') world.network(false);
    await world.advance(0);
    server.unavailable(true);
    client.entity(NAME).patch(push(1));
    await world.advance(60_000);
    // Neither heartbeats nor the wait for a welcome.
    const pauses = world.pauses.filter(ms => ![5000, 10_000, 15_000].includes(ms));
    return pauses.slice(0, 6).reduce((sum, ms) => sum + ms);
  }

  for (const trouble of ['no network', 'no journal'] as const)
    it(`keeps clients from coming back all at once: ${trouble}`, async () => {
      const chances = [() => 0, randomOf(1), randomOf(2), () => 1];

      const [least, one, other, most] = (await Promise.all(chances.map(random => waited(random, trouble)))) as [
        number,
        number,
        number,
        number,
      ];

      assert.notEqual(one, other);
      for (const ms of [one, other]) assert.ok(least < ms && ms < most, `${ms} ms of ${least} to ${most}`);
    });
});
