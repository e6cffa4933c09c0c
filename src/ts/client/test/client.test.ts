import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { connectIn } from '../src/connect.js';
import type { Op } from '../src/patch.js';
import { createDevice } from './device.js';
import { createFakeServer } from './fake-server.js';
import { follow, listOf, NAME, outcomeOf, push, setUp, title, titleOf } from './setup.js';
import { createWorld } from './world.js';

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

  it('names elements by keys that are slow to come, on a device that keeps commands too', async () => {
    const todos = ['a', 'b', 'c'].map(id => ({ id }));
    const server = createFakeServer({ initial: { board: { todos } }, now: () => 5000 });
    const world = createWorld(server);
    const { surroundings } = createDevice(world).page();
    const keys = { '/todos': 'id' };
    const fetch = () => new Promise<unknown>(resolve => world.after(4000, () => resolve({ keys })));
    const client = connectIn({ ...surroundings, fetch }, { url: 'ws://test', token: 'ada' });
    const board = client.entity<{ todos: { id: string; done?: boolean }[] }>(NAME);
    board.subscribe(() => {});
    await world.advance(900);

    const change = board.update(d => {
      (d.todos[1] as { done?: boolean }).done = true;
    });
    await world.settle();
    const bob = connectIn(world.page(), { url: 'ws://test', token: 'bob', kinds: { board: { keys } } }).entity(NAME);
    bob.patch([{ op: 'remove', path: '/todos/id=a' }]);
    await world.advance(10_000);

    await change.receipt;
    assert.deepEqual(server.document(NAME).doc, { todos: [{ id: 'b', done: true }, { id: 'c' }] });
  });

  it('shows what others do soon, however long a listener took or whatever the clock does', async () => {
    const { world, board } = setUp();
    let jump = 0;
    const page = world.page();
    const other = connectIn({ ...page, now: () => page.now() + jump }, { url: 'ws://test', token: 'bob' }).entity(NAME);
    other.subscribe(({ version }) => {
      if (version === 1) jump = 3_600_000;
    });
    follow(board);
    await world.advance(0);

    for (const n of [1, 2]) {
      board.patch(push(n));
      await world.settle();
    }
    await world.advance(2000);

    assert.equal(other.get().version, 2);
  });

  it('has one entity’s commands sent again once at a time, while others go through', async () => {
    const { board, client, world, server, heardOf } = setUp();
    await world.advance(0);
    server.dropCommands(2);
    const changes = [1, 2].map(n => board.patch(push(n)));
    await world.settle();
    const other = client.entity('board/other');
    for (let i = 0; i < 40; i += 1) {
      other.set({ title: `${i}` });
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

  it('tells nobody that a command was refused of which nobody knows', async () => {
    const { board, world, server } = setUp();
    const refused: string[] = [];
    board.onRefused(({ error }) => refused.push(error.code));
    await world.advance(0);
    await Promise.all([board.patch(push(1)).receipt, world.settle()]);
    world.deaf(true);
    const { receipt } = board.patch(push(2));
    await world.settle();
    server.forget(NAME);
    world.deaf(false);
    server.hangUp();
    await world.advance(60_000);

    assert.equal(await outcomeOf(receipt), 'expired-client');
    assert.deepEqual(listOf(server.document(NAME).doc), [1, 2]);
    assert.deepEqual(refused, []);
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
