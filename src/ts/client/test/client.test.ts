import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { connectIn } from '../src/connect.js';
import { follow, listOf, NAME, outcomeOf, push, setUp, title, titleOf } from './setup.js';

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
});
