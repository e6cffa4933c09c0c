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

function setUp(leader = false) {
  const world = createWorld(createFakeServer({}));
  const loads: string[] = [];
  const load = async (name: string) => {
    loads.push(name);
    return { doc: { n: 0 }, epoch: 1, version: 1 };
  };
  const dropped: string[] = [];
  const cache = { load, note() {}, drop: (name: string) => dropped.push(name) } as unknown as Cache;
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
  const { of, handOut, changed } = createSeats({
    ...{ outside: world.page(), tab: 'one', replicas, storage: Promise.resolve(storage), earlier: () => earlier },
    submit: () => assert.fail('nobody wrote'),
    useRelay: () => {},
    kinds: { load: async () => {}, known: () => undefined } as unknown as Kinds,
    info: () => ({ status: 'connecting', detail: '', leader, paused: false }),
  });
  return { world, of, handOut, changed, dropped, replicas, shown, loaded, loads };
}

it('what an earlier page kept is not shown before the commands it kept', async () => {
  const { world, of, replicas, shown, loaded } = setUp();
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

it('of the documents only other pages use, the last stay, and the others are read again', async () => {
  const { world, of, handOut, replicas, loaded, loads } = setUp();
  loaded();
  const held = handOut('note/0');
  const changed = of('note/1').replica;
  const command = { id: 'x', entity: 'note/1', ops: [], at: 0 };
  replicas.update(changed, submitted(changed.state, [command]));
  for (let n = 2; n < 500; n += 1) {
    of(`note/${n}`);
    await world.advance(1);
  }

  const known = [...replicas.all()].filter(({ state }) => state.known).map(({ name }) => name);
  loads.length = 0;
  const again = handOut('note/2');
  await world.settle();

  assert.ok(known.length < 230, `${known.length}`);
  assert.deepEqual([known.slice(0, 2), known.at(-1)], [['note/0', 'note/1'], 'note/499']);
  assert.deepEqual([loads, again.get().value, held.get().value], [['note/2'], { n: 0 }, { n: 0 }]);
});

it('what one may not read any more is dropped, whatever is under way', async () => {
  const { world, of, changed, dropped, loaded } = setUp(true);
  loaded();
  const { replica } = of('note/a');
  await world.settle();
  const command = { id: 'x', entity: 'note/a', ops: [], at: 0, seq: 1 };
  const said = { ...replica.state, said: true, ended: { code: 'forbidden', detail: 'access' } as const };

  replica.state = submitted(said, [command]);
  changed(replica);
  await world.settle();

  assert.deepEqual(dropped, ['note/a']);
});
