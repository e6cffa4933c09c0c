import assert from 'node:assert/strict';
import { it } from 'vitest';
import type { Cache } from '../src/cache.js';
import type { Kinds } from '../src/kinds.js';
import { createMemoryOutbox } from '../src/outbox.js';
import { submitted } from '../src/reducer.js';
import { createReplicas } from '../src/replicas.js';
import { createSeats } from '../src/seats.js';
import { createFakeServer } from './fake-server.js';
import { createWorld } from './world.js';

it('what an earlier page kept is not shown before the commands it kept', async () => {
  const world = createWorld(createFakeServer({}));
  const cache = { load: async () => ({ doc: { n: 0 }, epoch: 1, version: 1 }) } as unknown as Cache;
  const storage = { name: '', outbox: createMemoryOutbox('c'), broken: undefined, cache, database: undefined };
  const shown: unknown[] = [];
  const replicas = createReplicas(
    () => {},
    ({ snapshot }) => shown.push(snapshot.value),
  );
  let loaded = () => {};
  const earlier = new Promise<void>(done => {
    loaded = done;
  });
  const { of } = createSeats({
    ...{ outside: world.page(), tab: 'one', replicas, storage: Promise.resolve(storage), earlier: () => earlier },
    submit: () => assert.fail('nobody wrote'),
    useRelay: () => {},
    kinds: { load: async () => {}, known: () => undefined } as unknown as Kinds,
    info: () => ({ status: 'connecting', detail: '', leader: false, paused: false }),
  });

  const { replica } = of('note/a');
  await world.settle();
  const before = [...shown];
  const command = { id: 'x', entity: 'note/a', ops: [{ op: 'inc' as const, path: '/n', value: 1 }], at: 0 };
  replicas.update(replica, submitted(replica.state, [command]));
  loaded();
  await world.settle();

  assert.deepEqual(before, []);
  assert.deepEqual(shown.at(-1), { n: 1 });
});
