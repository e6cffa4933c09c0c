import type { ConnectOptions, Snapshot } from '../src/api.js';
import { connectIn } from '../src/connect.js';
import { createDevice, type DevicePage } from './device.js';
import { createFakeServer, type FakeOptions } from './fake-server.js';
import { createWorld } from './world.js';

export const NAME = 'board/welcome';
export const STORE = 'holdfast:ada@http://test';
export interface Board {
  readonly title: string;
  readonly list: readonly number[];
}

/** A device whose pages keep what they have, one after the other. */
export function setUp(options: FakeOptions = {}) {
  const server = createFakeServer({ initial: { board: { title: 'old', list: [] } }, now: () => 5000, ...options });
  const world = createWorld(server);
  const device = createDevice(world);
  const open = (given: Partial<ConnectOptions> = {}, page: DevicePage = device.page()) => {
    const client = connectIn(page.surroundings, { url: 'ws://test', token: 'ada', ...given });
    const board = client.entity<Board>(NAME);
    const seen: Snapshot<Board>[] = [];
    board.subscribe(snapshot => seen.push(snapshot));
    return { client, board, seen, page };
  };
  const push = (board: ReturnType<typeof open>['board'], n: number) =>
    board.patch([{ op: 'add', path: '/list/-', value: n }]);
  const listAt = () => (server.document(NAME).doc as unknown as Board).list;
  /** A page of the past: it wrote without a connection, and is gone. */
  async function unsent(): Promise<void> {
    const page = open();
    await world.advance(5000);
    world.network(false);
    await world.advance(30_000);
    push(page.board, 1);
    await world.settle();
    page.page.kill();
  }
  return {
    unsent,
    server,
    world,
    device,
    open,
    push,
    listAt,
    heardOf: (t: string) => server.heard.filter(frame => frame.t === t),
  };
}
