import type { ConnectOptions, Entity, Snapshot } from '../src/api.js';
import { connectIn } from '../src/connect.js';
import type { HoldfastError } from '../src/errors.js';
import type { Json } from '../src/json.js';
import type { Op } from '../src/patch.js';
import { createFakeServer, type FakeOptions } from './fake-server.js';
import { createWorld } from './world.js';

export const NAME = 'board/welcome';
export const title = (value: string): Op[] => [{ op: 'replace', path: '/title', value }];
export const push = (value: number): Op[] => [{ op: 'add', path: '/list/-', value }];

export function setUp(options: FakeOptions = {}, given: Partial<ConnectOptions> = {}) {
  const server = createFakeServer({ initial: { board: { title: 'old', list: [] } }, now: () => 5000, ...options });
  const world = createWorld(server);
  const statuses: string[] = [];
  const join = (name: string, more: Partial<ConnectOptions> = {}) => {
    const client = connectIn(world.page(), { url: 'ws://test', token: name, ...given, ...more });
    client.connection.subscribe(({ status }) => statuses.at(-1) !== status && statuses.push(status));
    return client;
  };
  const client = join('ada');
  return {
    ...{ server, world, statuses, join, client, board: client.entity(NAME) },
    heardOf: (t: string) => server.heard.filter(frame => frame.t === t),
  };
}
/** Every snapshot the entity had, the one at the beginning first. */
export function follow(board: Entity): Snapshot[] {
  const seen: Snapshot[] = [board.get()];
  board.subscribe(snapshot => seen.push(snapshot));
  return seen;
}

export const titleOf = (value: Json | undefined) => (value as { readonly title?: Json } | null)?.title;
export const listOf = (doc: Json) => (doc as { readonly list: readonly number[] }).list;
/** `accepted`, or the code of the refusal. */
export const outcomeOf = (receipt: Promise<unknown>) =>
  receipt.then(
    () => 'accepted',
    (error: HoldfastError) => error.code as string,
  );
