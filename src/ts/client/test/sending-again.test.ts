import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { follow, listOf, NAME, outcomeOf, push, setUp, title } from './setup.js';

describe('a client that sends again', () => {
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
});
