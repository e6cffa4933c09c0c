import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import type { ConnectOptions, Entity, Snapshot } from '../src/api.js';
import { connectIn } from '../src/connect.js';
import type { HoldfastError } from '../src/errors.js';
import type { Json } from '../src/json.js';
import type { Op } from '../src/patch.js';
import { backOff } from '../src/surroundings.js';
import { randomOf } from './chance.js';
import { createFakeServer, type FakeOptions } from './fake-server.js';
import { createWorld } from './world.js';

const NAME = 'board/welcome';
const title = (value: string): Op[] => [{ op: 'replace', path: '/title', value }];
const push = (value: number): Op[] => [{ op: 'add', path: '/list/-', value }];

function setUp(options: FakeOptions = {}, given: Partial<ConnectOptions> = {}) {
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
function follow(board: Entity): Snapshot[] {
  const seen: Snapshot[] = [board.get()];
  board.subscribe(snapshot => seen.push(snapshot));
  return seen;
}

const titleOf = (value: Json | undefined) => (value as { readonly title?: Json } | null)?.title;
const listOf = (doc: Json) => (doc as { readonly list: readonly number[] }).list;
/** `accepted`, or the code of the refusal. */
const outcomeOf = (receipt: Promise<unknown>) =>
  receipt.then(
    () => 'accepted',
    (error: HoldfastError) => error.code as string,
  );

describe('a client', () => {
  it('greets, opens what is subscribed and shows it', async () => {
    const { board, world, server, client, statuses } = setUp({}, { token: async () => 'ada#admin' });
    const seen = follow(board);

    await world.advance(0);

    assert.deepEqual(server.heard[0], { t: 'hello', client: client.client, token: 'ada#admin' });
    assert.deepEqual(
      seen.map(({ status }) => status),
      ['loading', 'live'],
    );
    assert.equal(titleOf(seen.at(-1)?.value), 'old');
    assert.deepEqual(
      [client.connection.get().subject, client.status, statuses],
      ['ada', 'online', ['connecting', 'online']],
    );
  });

  it('sees its own and others’ changes in one order, and gets receipts', async () => {
    const { board, world, join } = setUp();
    const mine = follow(board);
    const other = join('bob').entity(NAME);
    const theirs = follow(other);
    await world.advance(0);

    const changes = [board.patch(title('a')), other.patch(title('b')), board.patch(title('c'))];
    await world.settle();

    const receipts = await Promise.all(changes.map(({ receipt }) => receipt));
    assert.deepEqual(receipts.map(({ version }) => version).sort(), [1, 2, 3]);
    assert.deepEqual(mine.at(-1), theirs.at(-1));
  });

  it('gets a receipt without having the entity open, and keeps showing what was accepted', async () => {
    const { board, world } = setUp();
    const stop = board.subscribe(() => {});
    await world.advance(0);
    stop();
    await world.advance(2000);

    const { receipt } = board.patch(title('a'));
    await world.advance(0);

    assert.deepEqual(await receipt, { version: 1, duplicate: false });
    assert.deepEqual([titleOf(board.get().value), board.get().version, board.get().pending], ['a', 1, 0]);
  });

  it('keeps at most inFlight commands of an entity on the wire, in order', async () => {
    const { board, world, heardOf, server } = setUp({ inFlight: 2 });
    await world.advance(0);
    server.unavailable(true);

    const changes = [1, 2, 3, 4].map(n => board.patch(push(n)));
    await world.settle();
    const held = heardOf('mutate').length;
    server.unavailable(false);
    await world.advance(1000);

    assert.equal(held, 2);
    await Promise.all(changes.map(({ receipt }) => receipt));
    assert.deepEqual(listOf(server.document(NAME).doc), [1, 2, 3, 4]);
  });

  it('sends again what the server never heard, once a gap shows', async () => {
    const { board, world, server } = setUp();
    await world.advance(0);
    server.dropCommands(1);

    const changes = [1, 2, 3].map(n => board.patch(push(n)));
    await world.advance(100);

    await Promise.all(changes.map(({ receipt }) => receipt));
    assert.deepEqual(listOf(server.document(NAME).doc), [1, 2, 3]);
  });

  it('sends again what has no receipt though the connection is well, ever more seldom and under its number', async () => {
    const { board, world, server, heardOf } = setUp();
    await world.advance(0);
    server.dropCommands(3);
    const { receipt } = board.patch(push(1));
    const started = world.now();
    const [sentAt, before]: [number[], () => number] = [[], () => heardOf('mutate').length];

    await world.advance(14_000);
    const early = before();
    while (world.now() - started < 200_000) {
      const count = before();
      await world.advance(1000);
      for (let i = count; i < before(); i += 1) sentAt.push((world.now() - started) / 1000);
    }

    assert.equal((await receipt).version, 1);
    assert.equal(early, 1);
    assert.deepEqual(new Set(heardOf('mutate').map(frame => (frame as { seq: number }).seq)), new Set([1]));
    assert.equal(sentAt.length, 3);
    const [first, second, third] = sentAt as [number, number, number];
    assert.ok(first >= 15 && first <= 25, `${first} s`);
    assert.ok(second - first >= 30 && third - second >= 60, `${sentAt} s`);
    assert.deepEqual(listOf(server.document(NAME).doc), [1]);
  });

  it('has one entity’s commands sent again once at a time, while others go through', async () => {
    const { board, client, world, server, heardOf } = setUp();
    await world.advance(0);
    server.dropCommands(2);
    const changes = [1, 2].map(n => board.patch(push(n)));
    await world.settle();
    const other = client.entity('board/other');
    for (let i = 0; i < 40; i += 1) {
      await other.set({ title: `${i}` }).durable;
      await world.advance(1000);
    }

    await Promise.all(changes.map(({ receipt }) => receipt));
    const seqs = heardOf('mutate').flatMap(frame => ('entity' in frame && frame.entity === NAME ? [frame] : []));
    assert.deepEqual(
      seqs.map(frame => (frame as { seq: number }).seq),
      [1, 2, 1, 2],
    );
    assert.deepEqual(listOf(server.document(NAME).doc), [1, 2]);
  });

  it('loses and repeats nothing over a cut that swallows the receipts', async () => {
    const { board, world, server } = setUp();
    const seen = follow(board);
    await world.advance(0);

    const changes = [1, 2].map(n => board.patch(push(n)));
    world.deaf(true);
    await world.advance(30_000);
    const committed = server.document(NAME).version;
    world.deaf(false);
    await world.advance(30_000);

    assert.equal(committed, 2);
    await Promise.all(changes.map(({ receipt }) => receipt));
    assert.deepEqual(listOf(server.document(NAME).doc), [1, 2]);
    assert.deepEqual([seen.at(-1)?.value, seen.at(-1)?.status], [server.document(NAME).doc, 'live']);
    assert.ok(
      seen.every(({ value }) => value === null || listOf(value).length <= 2),
      'nothing shows twice',
    );
  });

  it('resumes after a cut with what it missed', async () => {
    const { board, world, server, join, heardOf } = setUp();
    const seen = follow(board);
    const other = join('bob').entity(NAME);
    await world.advance(0);
    await Promise.all([other.patch(title('before')).receipt, world.settle()]);
    server.hangUp();
    await world.settle();
    const stale = seen.at(-1)?.status;

    await Promise.all([other.patch(title('after')).receipt, world.advance(1000)]);

    assert.equal(stale, 'stale');
    assert.deepEqual([titleOf(seen.at(-1)?.value), seen.at(-1)?.status], ['after', 'live']);
    assert.deepEqual(heardOf('open').at(-1), { t: 'open', entity: NAME, epoch: 5000, version: 1 });
  });

  it('takes the whole document after a restore', async () => {
    const { board, world, server } = setUp();
    const seen = follow(board);
    await world.advance(0);

    server.restore(NAME, { title: 'restored' }, 0);
    server.hangUp();
    await world.advance(1000);

    assert.deepEqual([titleOf(seen.at(-1)?.value), seen.at(-1)?.epoch, seen.at(-1)?.status], ['restored', 1, 'live']);
  });

  it('refuses by itself what the server would hang up for, and goes on', async () => {
    const { board, world, server } = setUp({ frameBytes: 220 });
    await world.advance(0);

    const large = board.patch(title('ä'.repeat(100)));
    const small = board.patch(title('ok'));
    await world.settle();

    assert.equal(await outcomeOf(large.receipt), 'too-large');
    assert.deepEqual(await small.receipt, { version: 1, duplicate: false });
    assert.equal(server.document(NAME).version, 1);
  });

  it('refuses numbers that JSON cannot hold, and is deaf to later changes of what it was given', async () => {
    const { board, world, server } = setUp();
    await world.advance(0);
    const value = { text: 'as sent' };

    assert.throws(() => board.patch(push(Number.NaN)), TypeError);
    const { receipt } = board.patch([{ op: 'replace', path: '/title', value }]);
    value.text = 'later';
    await world.settle();

    await receipt;
    assert.deepEqual(titleOf(server.document(NAME).doc), { text: 'as sent' });
  });

  it('shows its own commands at once, on top of what is committed', async () => {
    const { board, world, join } = setUp();
    const other = join('bob').entity(NAME);
    const seen = follow(board);
    await world.advance(0);

    const mine = board.patch(push(1));
    const before = board.get();
    other.patch(push(2));
    await world.settle();

    assert.deepEqual([listOf(before.value), listOf(before.confirmed), before.pending], [[1], [], 1]);
    assert.deepEqual([listOf(board.get().value), board.get().pending], [[1, 2], 0]);
    assert.equal(board.get().value, board.get().confirmed);
    assert.equal((await mine.receipt).version, 1);
    assert.ok(seen.length > 3);
  });

  it('takes back what it showed when the command is refused, and says what it was', async () => {
    const { board, world } = setUp();
    follow(board);
    await world.advance(0);
    const refusals: unknown[] = [];
    board.onRefused(({ id, ops, error, value }) => refusals.push([id, ops, error.code, value]));

    const change = board.patch(title('mine'), { if: 99 });
    const shown = titleOf(board.get().value);
    await world.settle();

    assert.equal(shown, 'mine');
    assert.equal(await outcomeOf(change.receipt), 'version-mismatch');
    assert.deepEqual(board.get().value, { title: 'old', list: [] });
    assert.deepEqual(refusals, [[change.id, title('mine'), 'version-mismatch', { title: 'mine', list: [] }]]);
  });

  it('judges later commands anew when an earlier one is refused', async () => {
    const { board, world } = setUp();
    follow(board);
    await world.advance(0);

    const doomed = board.patch(push(1), { if: 99 });
    const later = board.patch(push(2));
    await world.settle();

    assert.deepEqual(
      [await outcomeOf(doomed.receipt), await outcomeOf(later.receipt)],
      ['version-mismatch', 'accepted'],
    );
    assert.deepEqual(listOf(board.get().value), [2]);
  });

  it('takes commands while there is no connection, and connects at once when told to', async () => {
    const { board, world, server, client } = setUp();
    const seen = follow(board);
    await world.advance(0);
    world.network(false);
    await world.advance(60_000);

    const { receipt } = board.patch(push(1));
    const offline = seen.at(-1);
    world.network(true);
    client.reconnect();
    await world.advance(0);

    assert.deepEqual([offline?.status, offline?.pending], ['stale', 1]);
    await receipt;
    assert.equal(server.document(NAME).version, 1);
  });

  it('sends everything again when frames came too fast', async () => {
    const { board, world, server } = setUp();
    await world.advance(0);
    server.passOver(3);

    const seen = follow(board);
    const { receipt } = board.patch(push(1));
    await world.advance(2000);

    await receipt;
    assert.deepEqual([seen.at(-1)?.status, server.document(NAME).version], ['live', 1]);
  });

  it('finds the command the server cannot read, refuses it and brings the others through', async () => {
    const { board, client, world, server } = setUp({ indigestible: 'poison' });
    const seen = follow(board);
    await world.advance(0);

    const other = client.entity('board/other').patch(push(7));
    const changes = [push(1), title('poison'), push(2), title('also poison'), push(3)].map(ops => board.patch(ops));
    await world.advance(60_000);

    const outcomes = await Promise.all(changes.map(({ receipt }) => outcomeOf(receipt)));
    assert.deepEqual(outcomes, ['accepted', 'too-deep', 'accepted', 'too-deep', 'accepted']);
    await other.receipt;
    assert.deepEqual(server.document(NAME).doc, { title: 'old', list: [1, 2, 3] });
    assert.deepEqual([seen.at(-1)?.value, seen.at(-1)?.pending], [server.document(NAME).doc, 0]);
    const later = board.patch(push(4));
    await world.settle();
    await later.receipt;
  });

  it('numbers its commands anew for an entity that has forgotten it', async () => {
    const { board, world, server } = setUp();
    await world.advance(0);
    await Promise.all([board.patch(push(1)).receipt, world.settle()]);
    server.forget(NAME);

    const changes = [2, 3, 4].map(n => board.patch(push(n)));
    await world.advance(1000);

    await Promise.all(changes.map(({ receipt }) => receipt));
    assert.deepEqual(listOf(server.document(NAME).doc), [1, 2, 3, 4]);
  });

  it('shows why an entity cannot be observed', async () => {
    const { client, world } = setUp({ kinds: ['board'] });
    const seen = follow(client.entity('bord/welcome'));

    await world.advance(0);

    assert.deepEqual([seen.at(-1)?.status, seen.at(-1)?.error?.code], ['closed', 'unknown-kind']);
  });

  it('closes what nobody listens to any more, after a moment in which somebody may come back', async () => {
    const { board, world, heardOf } = setUp();
    const stop = board.subscribe(() => {});
    const stopToo = board.subscribe(() => {});
    await world.advance(0);

    stop();
    stop();
    stopToo();
    const again = board.subscribe(() => {});
    await world.advance(5000);
    const still = heardOf('close').length;
    again();
    await world.advance(5000);

    assert.deepEqual([still, heardOf('close').length, heardOf('open').length, board.get().status], [0, 1, 1, 'stale']);
  });

  it('says what is pending, and how far it is', async () => {
    const { board, client, world } = setUp();
    let told = 0;
    client.subscribePending(() => {
      told += 1;
    });
    await world.advance(0);
    world.network(false);

    const change = board.patch(push(1));
    const [first] = client.pending();
    await world.settle();
    const [second] = client.pending();

    assert.deepEqual([first?.id, first?.state, first?.entity, first?.seq], [change.id, 'shown', NAME, undefined]);
    assert.deepEqual([second?.state, second?.seq], ['sent', 1]);
    assert.ok(told >= 2);
    assert.equal(client.pending(), client.pending());
  });

  it('rejects what has no receipt when it is closed, and takes nothing more', async () => {
    const { board, client, world, server } = setUp();
    await world.advance(0);
    server.unavailable(true);
    const change = board.patch(push(1));
    await world.settle();

    await client.close();

    assert.equal(await outcomeOf(change.receipt), 'closed');
    assert.equal(await outcomeOf(board.patch(push(2)).receipt), 'closed');
    assert.equal(client.status, 'closed');
    await world.advance(60_000);
    assert.equal(world.sockets, 1);
  });

  it('finds out which arrays have keys before it sends what was recorded without', async () => {
    const { world, server, join } = setUp({ initial: { board: { todos: [{ id: 'a' }, { id: 'b' }] } } });
    const client = join('eve');
    world.answers.set('http://test/v1/kinds/board', { kind: 'board', keys: { '/todos': 'id' } });
    const board = client.entity<{ todos: { id: string; text?: string }[] }>(NAME);
    board.subscribe(() => {});
    await world.advance(0);

    board.update(d => {
      d.todos[1] = { id: 'b', text: 'x' };
      d.todos.push({ id: 'c' });
    });
    await world.settle();

    const frame = server.heard.findLast(({ t }) => t === 'mutate') as { readonly ops: readonly Op[] };
    assert.deepEqual(
      frame.ops.map(({ path }) => path),
      ['/todos/id=b/text', '/todos/id=c'],
    );
  });
});

describe('selections', () => {
  it('tell only when what they select has changed', async () => {
    const { client, world } = setUp();
    const board = client.entity<{ title: string; list: number[] }>(NAME);
    const count = board.select(doc => doc.list.length);
    const title = board.select(doc => doc.title);
    const seen: unknown[] = [];
    count.subscribe(n => seen.push(n));
    title.subscribe(text => seen.push(text));
    await world.advance(0);

    board.update(d => {
      d.list.push(1);
    });
    await world.settle();

    assert.deepEqual(seen, [0, 'old', 1]);
    assert.deepEqual([count.get(), title.get()], [1, 'old']);
  });

  it('keep what they had while it is equal', async () => {
    const { client, world } = setUp();
    const board = client.entity<{ title: string; list: number[] }>(NAME);
    const small = board.select(
      doc => ({ none: doc.list.length === 0 }),
      (a, b) => a.none === b.none,
    );
    let told = 0;
    small.subscribe(() => {
      told += 1;
    });
    await world.advance(0);
    const first = small.get();

    board.update(d => {
      d.title = 'new';
    });

    assert.equal(small.get(), first);
    assert.equal(told, 1);
  });

  it('do not lose the others when one of them throws', async () => {
    const { board, world } = setUp();
    const errors: unknown[] = [];
    const keep = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', error => errors.push(error.message));
    const seen: unknown[] = [];
    board.subscribe(() => {
      throw new Error('mine');
    });
    board.subscribe(({ status }) => seen.push(status));
    await world.advance(0);
    process.removeAllListeners('uncaughtException');
    for (const listener of keep) process.on('uncaughtException', listener);

    assert.deepEqual([seen, errors], [['live'], ['mine']]);
  });
});

describe('recipes', () => {
  const open = async () => {
    const all = setUp();
    const board = all.client.entity<{ title: string; list: number[] }>(NAME);
    board.subscribe(() => {});
    await all.world.advance(0);
    return { ...all, board };
  };

  it('may return a whole new value', async () => {
    const { board } = await open();

    board.update(d => ({ ...d, title: 'new' }));

    assert.deepEqual(board.get().value, { title: 'new', list: [] });
  });

  it('are not taken at the word of arrows that return what they did not mean to', async () => {
    const { board } = await open();

    board.update(d => d.list.push(1));
    board.update(d => (d.title = 'old'));
    board.update(d => d.list.length > 5 && d.list.push(2));

    assert.deepEqual(board.get().value, { title: 'old', list: [1] });
  });
});

describe('undo and redo', () => {
  const open = async () => {
    const all = setUp(
      { initial: { board: { title: 'old', todos: [{ id: 'a' }, { id: 'b' }] } } },
      { kinds: { board: { keys: { '/todos': 'id' } } } },
    );
    type Board = { title: string; todos: { id: string; text?: string }[] };
    const board = all.client.entity<Board>(NAME);
    board.subscribe(() => {});
    const other = all.join('bob').entity<Board>(NAME);
    other.subscribe(() => {});
    await all.world.advance(0);
    return { ...all, board, other };
  };

  it('take back only what this page did', async () => {
    const { board, other, world, server } = await open();
    board.update(d => {
      (d.todos[1] as { text?: string }).text = 'mine';
    });
    await world.settle();
    other.update(d => {
      d.todos.unshift({ id: 'c' });
      d.title = 'theirs';
    });
    await world.settle();

    assert.equal(board.canUndo, true);
    board.undo();
    await world.settle();
    const undone = server.document(NAME).doc;
    board.redo();
    await world.settle();

    assert.deepEqual(undone, { title: 'theirs', todos: [{ id: 'c' }, { id: 'a' }, { id: 'b' }] });
    assert.deepEqual(server.document(NAME).doc, {
      title: 'theirs',
      todos: [{ id: 'c' }, { id: 'a' }, { id: 'b', text: 'mine' }],
    });
    assert.deepEqual([board.canUndo, board.canRedo], [true, false]);
  });

  it('have nothing to take back of a command that was refused', async () => {
    const { board, world } = await open();

    board.update(
      d => {
        d.title = 'x';
      },
      { if: 99 },
    );
    await world.settle();

    assert.equal(board.canUndo, false);
    assert.equal(board.undo(), undefined);
  });

  it('bring back what was taken out, beside what others have put in since', async () => {
    const { board: mine, other: theirs, world, server } = await open();
    type Marked = { marks: Record<string, number> };
    const [board, other] = [mine as unknown as Entity<Marked>, theirs as unknown as Entity<Marked>];
    board.update(d => {
      d.marks = { a: 1 };
    });
    board.update(d => {
      delete d.marks['a'];
    });
    await world.settle();
    other.update(d => {
      d.marks['b'] = 2;
    });
    await world.settle();

    board.undo();
    await world.settle();

    assert.deepEqual((server.document(NAME).doc as unknown as Marked).marks, { a: 1, b: 2 });
  });

  it('forget what was undone when something new is done', async () => {
    const { board } = await open();
    board.set({ title: '1', todos: [] });
    board.undo();
    const could = board.canRedo;

    board.set({ title: '2', todos: [] });

    assert.deepEqual([could, board.canRedo], [true, false]);
  });
});

describe('a connection', () => {
  it('comes back when told to, not before', async () => {
    const { world, server, statuses } = setUp();
    await world.advance(0);

    server.goAway('draining', 5000);
    await world.settle();
    server.hangUp();
    await world.advance(4999);
    world.awake(true);
    await world.settle();
    const early = [...statuses];
    await world.advance(1);

    assert.deepEqual(early, ['connecting', 'online', 'draining']);
    assert.deepEqual(statuses.slice(3), ['connecting', 'online']);
  });

  it('leaves a server that says goodbye and does not hang up', async () => {
    const { world, server } = setUp();
    await world.advance(0);

    server.goAway('draining', 500);
    await world.advance(600);

    assert.equal(world.sockets, 2);
  });

  it('says nothing more to a server that said goodbye, and all of it to the next', async () => {
    const { board, world, server } = setUp();
    await world.advance(0);

    server.goAway('draining', 500);
    await world.settle();
    const before = server.heard.length;
    const change = board.patch(push(1));
    await world.settle();
    assert.equal(server.heard.length, before);
    await world.advance(600);

    assert.equal((await change.receipt).duplicate, false);
    assert.equal(server.heard.filter(({ t }) => t === 'mutate').length, 1);
  });

  it('does not come back with a token that was revoked, and comes back with another; nothing is lost', async () => {
    const { board, client, world, server } = setUp();
    await world.advance(0);
    server.unavailable(true);
    const change = board.patch(push(1));
    await world.settle();

    server.goAway('revoked', 0);
    await world.advance(60_000);
    const [status, sockets] = [client.status, world.sockets];
    server.unavailable(false);
    client.refresh('ada#new');
    await world.advance(100);

    assert.deepEqual([status, sockets], ['needs-auth', 1]);
    await change.receipt;
    assert.equal(client.status, 'online');
  });

  it('needs a token when its source fails, asks again and loses nothing', async () => {
    let works = false;
    const { client, world, board } = setUp(
      {},
      {
        token: () => {
          if (works) return 'ada';
          throw new Error('no');
        },
      },
    );
    await world.advance(1000);
    const change = board.patch(push(1));
    const before = client.connection.get();
    works = true;
    await world.advance(10_000);

    assert.equal(before.status, 'needs-auth');
    assert.match(before.detail, /no/);
    await change.receipt;
    assert.equal(client.status, 'online');
  });

  it('does not use a token again that the server has refused, while the source has no other', async () => {
    let token = 'bad';
    const { client, world, server } = setUp({ badTokens: ['bad'] }, { token: () => token });
    await world.advance(60_000);
    const [status, hellos] = [client.status, server.heard.filter(({ t }) => t === 'hello').length];

    token = 'ada';
    await world.advance(11_000);

    assert.deepEqual([status, hellos, client.status], ['needs-auth', 1, 'online']);
  });

  it('renews a token before it ends', async () => {
    const jwt = (exp: number) => `x.${btoa(JSON.stringify({ sub: 'ada', exp }))}.y`;
    let n = 0;
    const { world, heardOf } = setUp(
      { now: () => world.now() },
      {
        token: () => {
          n += 1;
          return jwt(world.now() / 1000 + 600 + n);
        },
      },
    );
    await world.advance(530_000);
    const before = heardOf('refresh').length;
    await world.advance(20_000);

    assert.deepEqual([before, heardOf('refresh').length, heardOf('hello').length], [0, 1, 1]);
  });

  it('pings twice per heartbeat, knows how long that takes and gives up on a silent connection', async () => {
    const { world, heardOf, statuses, client } = setUp();
    await world.advance(20_000);
    const pings = heardOf('ping').length;
    const { latencyMs } = client.connection.get();

    world.network(false);
    await world.advance(30_000);

    assert.deepEqual([pings, latencyMs], [5, 0]);
    assert.ok(statuses.includes('offline'));
  });

  it('makes sure that it lives when the page wakes up', async () => {
    const { world, client } = setUp();
    await world.advance(0);
    world.network(false);

    world.awake(true);
    await world.advance(3000);

    assert.equal(client.status, 'offline');
  });

  it('does not wait when the page wakes up', async () => {
    const { world, client } = setUp();
    world.network(false);
    await world.advance(100_000);
    world.network(true);

    world.awake(true);
    await world.advance(0);

    assert.equal(client.status, 'online');
  });

  it('tries again at growing intervals while nobody answers, and says when', async () => {
    const { world, client } = setUp();
    world.network(false);

    await world.advance(60_000);

    const between = world.pauses.filter(ms => ms !== 10_000);
    assert.deepEqual(between.slice(0, 5), [0, 250, 500, 1000, 2000]);
    assert.ok((client.connection.get().retryAt ?? 0) > 0 || client.status === 'connecting');
  });

  it('does not hammer a server that hangs up right after the welcome', async () => {
    const { world, server } = setUp();
    for (let i = 0; i < 6; i += 1) {
      await world.advance(i === 0 ? 0 : 10_000);
      server.goAway('overloaded', 0);
      server.hangUp();
      await world.settle();
    }

    assert.ok(world.sockets <= 8, `${world.sockets} sockets`);
  });

  it('has none while paused, and everything else works', async () => {
    const { world, client, board, server } = setUp();
    follow(board);
    await world.advance(0);

    client.pause();
    await world.advance(60_000);
    const change = board.patch(push(1));
    const paused = [client.status, listOf(board.get().value as Json).length, server.document(NAME).version];
    client.resume();
    await world.advance(10);

    assert.deepEqual(paused, ['offline', 1, 0]);
    await change.receipt;
    assert.equal(client.status, 'online');
  });

  it('starts over with a server that talks nonsense', async () => {
    const { world, client, board, server } = setUp();
    follow(board);
    await world.advance(0);

    server.babble('{"t":"state","entity":1}');
    await world.advance(1000);

    assert.deepEqual([client.status, board.get().status, world.sockets], ['online', 'live', 2]);
  });

  it('asks for the whole document when changes do not fit', async () => {
    const { board, server, world } = setUp();
    follow(board);
    await world.advance(0);

    server.babble(JSON.stringify({ t: 'changed', entity: NAME, from: 7, version: 8, ops: [], changes: [] }));
    await world.settle();

    assert.deepEqual(
      [board.get().status, board.get().version, server.heard.filter(({ t }) => t === 'open').length],
      ['live', 0, 2],
    );
  });
});

describe('presence', () => {
  it('shows the others and what they tell, as long as they are there', async () => {
    const { board, world, join } = setUp();
    const bob = join('bob');
    const seen: unknown[] = [];
    board.presence.subscribe(others => seen.push(others.map(({ by, data }) => [by, data])));
    bob.entity(NAME).subscribe(() => {});
    await world.advance(0);

    board.presence.set({ x: 1 });
    bob.entity(NAME).presence.set({ x: 2 });
    await world.settle();
    bob.entity(NAME).presence.set({ x: 3 });
    await world.settle();
    await bob.close();
    await world.settle();

    assert.deepEqual(seen, [[['bob', { x: 2 }]], [['bob', { x: 3 }]], []]);
  });

  it('can be listened to later, and the document stays live', async () => {
    const { board, world, join } = setUp();
    const seen = follow(board);
    await world.advance(0);
    join('bob')
      .entity(NAME)
      .subscribe(() => {});
    const bob = join('bob').entity(NAME);
    bob.subscribe(() => {});
    await world.advance(0);
    bob.presence.set('here');
    await world.settle();
    const before = seen.length;

    board.presence.subscribe(() => {});
    await world.settle();

    assert.deepEqual(
      board.presence.get().map(({ data }) => data),
      ['here'],
    );
    assert.deepEqual([seen.length, board.get().status], [before, 'live']);
  });

  it('is told when the server has answered that the entity is open, not before', async () => {
    const order: string[] = [];
    const { board, world } = setUp({}, { onFrame: (direction, { t }) => order.push(`${direction} ${t}`) });
    board.subscribe(() => {});
    board.presence.set('here');

    await world.advance(0);

    assert.deepEqual(
      order.filter(one => /open|state|present$/.test(one)),
      ['out open', 'in state', 'out present'],
    );
  });

  it('is told again after a new connection', async () => {
    const { board, world, server, heardOf } = setUp();
    board.subscribe(() => {});
    await world.advance(0);
    board.presence.set('here');
    await world.settle();

    server.hangUp();
    await world.advance(1000);

    assert.deepEqual(
      heardOf('present').map(frame => ('data' in frame ? frame.data : undefined)),
      ['here', 'here'],
    );
  });
});

describe('whatever happens to the network', () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    it(`everyone ends with the same document and every command counts once, in order (seed ${seed})`, async () => {
      const chance = randomOf(seed);
      const { world, server, join, client } = setUp({ inFlight: 4 });
      const boards = [client, join('bob'), join('eve')].map(one => one.entity(NAME));
      const views = boards.map(follow);
      const receipts: Promise<unknown>[] = [];
      const troubles = [
        () => world.network(chance() < 0.5),
        () => world.deaf(chance() < 0.5),
        () => server.hangUp(),
        () => server.dropCommands(2),
        () => server.passOver(2),
        () => server.unavailable(chance() < 0.5),
        () => server.goAway('draining', 300),
      ];

      for (let step = 0; step < 40; step += 1) {
        const who = Math.floor(chance() * boards.length);
        receipts.push(boards[who]?.patch(push(who * 1000 + step)).receipt as Promise<unknown>);
        if (chance() < 0.4) troubles[Math.floor(chance() * troubles.length)]?.();
        await world.advance(chance() < 0.5 ? 0 : chance() * 8000);
      }
      world.network(true);
      world.deaf(false);
      server.dropCommands(0);
      server.passOver(0);
      server.unavailable(false);
      server.hangUp();
      await world.advance(120_000);
      await Promise.all(receipts);

      const list = listOf(server.document(NAME).doc);
      assert.equal(new Set(list).size, 40, 'every command took effect');
      assert.equal(list.length, 40, 'none twice');
      for (const who of [0, 1, 2]) {
        const own = list.filter(n => Math.floor(n / 1000) === who);
        assert.deepEqual(
          own,
          [...own].sort((a, b) => a - b),
          'each client’s in order',
        );
      }
      for (const seen of views) {
        const last = seen.at(-1);
        assert.deepEqual(
          [last?.value, last?.confirmed, last?.status],
          [{ title: 'old', list }, { title: 'old', list }, 'live'],
        );
        for (const { value } of seen)
          if (value !== null) assert.equal(new Set(listOf(value)).size, listOf(value).length, 'nothing shows twice');
      }
    });
  }
});

describe('backOff', () => {
  it('grows from 250 ms to 10 s, and chance takes off at most half', () => {
    assert.deepEqual(
      [0, 1, 2, 5, 6, 50].map(n => backOff(n, 1)),
      [250, 500, 1000, 8000, 10_000, 10_000],
    );
    assert.deepEqual(
      [0, 1, 2, 50].map(n => backOff(n, 0)),
      [250, 250, 500, 5000],
    );
  });
});
