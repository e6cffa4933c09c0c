import type { Change, Entity, Holdfast, Snapshot, TokenSource } from '../src/api.js';
import { connectIn } from '../src/connect.js';
import { createDevice, type Device, type DevicePage } from './device.js';
import { createFakeServer, type FakeOptions } from './fake-server.js';
import { createWorld, type World } from './world.js';

export const NAME = 'board/welcome';
export interface Board {
  readonly title: string;
  readonly list: readonly number[];
}

export interface Tab {
  readonly page: DevicePage;
  readonly client: Holdfast;
  readonly board: Entity<Board>;
  readonly seen: Snapshot<Board>[];
}

export function openTab(device: Device, locks = true, token: TokenSource = 'ada'): Tab {
  const page = device.page();
  const surroundings = locks ? page.surroundings : { ...page.surroundings, locks: undefined };
  const client = connectIn(surroundings, { url: 'ws://test', token });
  const board = client.entity<Board>(NAME);
  const seen: Snapshot<Board>[] = [];
  board.subscribe(snapshot => seen.push(snapshot));
  return { page, client, board, seen };
}

export function setUp(locks = true, options: FakeOptions = {}) {
  const server = createFakeServer({ initial: { board: { title: 'old', list: [] } }, now: () => 5000, ...options });
  const world = createWorld(server);
  const device = createDevice(world);
  return {
    ...{ server, world, device },
    open: () => openTab(device, locks),
    listAt: () => (server.document(NAME).doc as unknown as Board).list,
    hellos: () => server.heard.filter(({ t }) => t === 'hello').length,
  };
}

export const push = (tab: Tab, n: number): Change => tab.board.patch([{ op: 'add', path: '/list/-', value: n }]);

export async function openAll(world: World, open: () => Tab, count: number): Promise<readonly Tab[]> {
  const tabs: Tab[] = [];
  for (let i = 0; i < count; i += 1) {
    tabs.push(open());
    await world.advance(500);
  }
  return tabs;
}
