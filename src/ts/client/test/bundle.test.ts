import { connectIn as bundled } from 'bundle-of:src/connect.ts';
import * as bundle from 'bundle-of:src/index.ts';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as fake from 'fake-indexeddb';
import { JSDOM } from 'jsdom';
import { describe, it } from 'vitest';
import { OWN_NAMES } from '../own-names.js';
import type { Entity, Holdfast } from '../src/api.js';
import { connectIn } from '../src/connect.js';
import * as index from '../src/index.js';
import { createDevice, type DevicePage } from './device.js';
import { createFakeServer } from './fake-server.js';
import { createWorld } from './world.js';

const NAME = 'board/welcome';
interface Board {
  readonly list: readonly number[];
}

/** Where everything is declared that travels, or is known to applications and to the tests' surroundings. */
const OTHERS = ['api', 'frames', 'command', 'messages', 'patch', 'errors', 'json', 'surroundings'];

const sourceOf = (name: string) => readFileSync(`src/${name}.ts`, 'utf8');
/** What is kept of documents, in terms of their rows. */
const rowOf = (name: string) => /interface Row \{[^}]*\}/.exec(sourceOf(name))?.[0] ?? '';
/** The members that are declared there. */
const declared = (text: string) =>
  [...text.matchAll(/readonly (\w+)\??:|^ {2}(\w+)(?:<.*>)?\(|^ {2}(\w+): /gm)].map(([, ...found]) => found.join(''));

function namesOfPlatform(): ReadonlySet<string> {
  const worlds = [globalThis, new JSDOM('', { url: 'http://x' }).window, fake] as unknown as Record<string, unknown>[];
  const names = worlds.flatMap(world =>
    Object.getOwnPropertyNames(world).flatMap(name => {
      const value = Reflect.get(world, name) as { readonly prototype?: unknown } | null | undefined;
      const holders = [value, value?.prototype].filter(
        one => one !== null && ['object', 'function'].includes(typeof one),
      );
      return [name, ...holders.flatMap(holder => Object.getOwnPropertyNames(holder))];
    }),
  );
  return new Set(names);
}

describe('names that are short in what is handed out', () => {
  it('are nobody else’s', () => {
    const platform = namesOfPlatform();
    const known = new Set([...OTHERS.map(sourceOf), rowOf('cache'), rowOf('local')].flatMap(declared));

    for (const name of ['heartbeatMs', 'refresh', 'sum', 'doc', 'onAwake', 'stranger', 'goaway'])
      assert.ok(known.has(name), name);
    assert.ok(platform.has('objectStore') && platform.has('postMessage'));
    assert.deepEqual(
      OWN_NAMES.filter(name => platform.has(name) || known.has(name)),
      [],
    );
  });

  it('are there', () => {
    const sources = readdirSync('src').map(name => readFileSync(`src/${name}`, 'utf8'));

    assert.deepEqual(
      OWN_NAMES.filter(name => !new RegExp(`\\b${name}\\b`).test(sources.join())),
      [],
    );
    assert.equal(new Set(OWN_NAMES).size, OWN_NAMES.length);
  });
});

describe('what is handed out', () => {
  it('offers what the sources offer', () => {
    assert.deepEqual(Object.keys(bundle).sort(), Object.keys(index).sort());
  });
});

interface Tab {
  readonly page: DevicePage;
  readonly client: Holdfast;
  readonly board: Entity<Board>;
}

describe('pages of two builds of the client', () => {
  for (const [name, builds] of [
    ['the short names first', [bundled, connectIn, bundled]],
    ['the long names first', [connectIn, bundled, connectIn]],
  ] as const) {
    it(`share one connection, what is kept and who is there, and follow each other: ${name}`, async () => {
      const server = createFakeServer({ initial: { board: { list: [] } }, now: () => 5000 });
      const world = createWorld(server);
      const device = createDevice(world);
      const open = async (build: typeof connectIn): Promise<Tab> => {
        const page = device.page();
        const client = build(page.surroundings, { url: 'ws://test', token: 'ada' });
        const board = client.entity<Board>(NAME);
        board.subscribe(() => {});
        board.presence.subscribe(() => {});
        await world.advance(500);
        return { page, client, board };
      };
      const push = ({ board }: Tab, n: number) => board.patch([{ op: 'add', path: '/list/-', value: n }]);
      const [one, two] = [await open(builds[0]), await open(builds[1])];
      const stranger = connectIn(world.page(), { url: 'ws://test', token: 'bob' }).entity<Board>(NAME);
      stranger.subscribe(() => {});
      stranger.presence.set('there');

      push(one, 1);
      push(two, 2);
      await world.advance(100);
      const hellos = server.heard.filter(({ t }) => t === 'hello').length;
      two.client.pause();
      await world.settle();
      push(two, 3);
      await world.settle();
      const paused = one.client.connection.get();
      one.page.kill();
      const three = await open(builds[2]);
      three.client.resume();
      await world.advance(30_000);

      assert.equal(hellos, 2);
      assert.deepEqual([paused.paused, paused.status], [true, 'offline']);
      for (const { board, client } of [two, three]) {
        assert.deepEqual([board.get().value?.list, board.get().status, client.status], [[1, 2, 3], 'live', 'online']);
        assert.deepEqual(
          board.presence.get().map(({ data }) => data),
          ['there'],
        );
        assert.equal(client.pending().length, 0);
      }
    });
  }
});
