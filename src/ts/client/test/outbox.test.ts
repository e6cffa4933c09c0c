import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import type { Command } from '../src/command.js';
import { done } from '../src/database.js';
import { createStoredOutbox, openOutboxDatabase } from '../src/stored-outbox.js';
import { NAME, setUp } from './kept.js';

describe('the outbox', () => {
  const command = (id: string, entity = NAME): Command => ({ id, entity, ops: [], at: 0 });
  const open = async () => {
    const { device } = setUp();
    const database = await openOutboxDatabase(device.storage, 'outbox');
    const outbox = await createStoredOutbox(database);
    for (const id of ['a', 'b', 'c']) await outbox.add(command(id));
    return { outbox, database, term: (await outbox.lead()) as number };
  };
  const seqs = (numbered: readonly Command[] | undefined) => numbered?.map(({ id, seq }) => [id, seq]);

  it('writes together what comes while it writes', async () => {
    const { outbox, database } = await open();
    let writes = 0;
    const counting = await createStoredOutbox({
      ...database,
      run(mode, work) {
        if (mode === 'strict') writes += 1;
        return database.run(mode, work);
      },
    });

    await Promise.all(['k', 'l', 'm', 'n'].map(id => counting.add(command(id))));
    await counting.add(command('o'));

    assert.equal(writes, 2);
    assert.deepEqual(
      (await outbox.load()).map(({ id }) => id),
      ['a', 'b', 'c', 'k', 'l', 'm', 'n', 'o'],
    );
  });

  it('gives no number twice when numbers start over for some of the commands first', async () => {
    const { outbox, term } = await open();
    await outbox.number(
      term,
      ['a', 'b', 'c'].map(id => command(id)),
      [],
    );

    const again = await outbox.number(
      term,
      ['a', 'b'].map(id => command(id)),
      [NAME],
    );
    const rest = await outbox.number(term, [command('c')], []);
    await outbox.add(command('d'));
    const next = await outbox.number(term, [command('d')], []);

    assert.deepEqual([again, rest, next].flatMap(seqs), [
      ['a', 1],
      ['b', 2],
      ['c', 3],
      ['d', 4],
    ]);
  });

  it('keeps nothing that waits behind what it could not keep, and what comes later again', async () => {
    const { database } = await open();
    let full = true;
    const outbox = await createStoredOutbox({
      ...database,
      async run(mode, work) {
        if (mode !== 'strict') return database.run(mode, work);
        await new Promise(resolve => setImmediate(resolve));
        if (full) throw new DOMException('full', 'QuotaExceededError');
        return database.run(mode, work);
      },
    });

    const first = outbox.add(command('x'));
    await Promise.resolve().then(() => {});
    const second = outbox.add(command('y'));
    await assert.rejects(first, { name: 'QuotaExceededError' });
    full = false;
    await assert.rejects(second, { name: 'QuotaExceededError' });
    await outbox.add(command('z'));

    assert.deepEqual(
      (await outbox.load()).map(({ id }) => id),
      ['a', 'b', 'c', 'z'],
    );
  });

  it('numbers commands in order, per entity, and remembers', async () => {
    const { outbox, term } = await open();
    await outbox.add(command('d', 'board/other'));

    const first = await outbox.number(term, [command('a'), command('d', 'board/other')], []);
    const second = await outbox.number(term, [command('b')], []);

    assert.deepEqual(
      [seqs(first), seqs(second)],
      [
        [
          ['a', 1],
          ['d', 1],
        ],
        [['b', 2]],
      ],
    );
    assert.deepEqual(seqs(await outbox.load()), [
      ['a', 1],
      ['d', 1],
      ['b', 2],
      ['c', undefined],
    ]);
  });

  it('gives commands back as they are numbered, not as they were made', async () => {
    const { outbox, term } = await open();

    await outbox.number(term, [command('b')], []);
    await outbox.number(term, [command('a')], []);

    assert.deepEqual(seqs(await outbox.load()), [
      ['b', 1],
      ['a', 2],
      ['c', undefined],
    ]);
  });

  it('gives a command no other number than the one it may have been sent under', async () => {
    const { outbox, term } = await open();
    await outbox.number(term, [command('a')], []);
    const next = (await outbox.lead()) as number;

    assert.deepEqual(seqs(await outbox.number(next, [command('a'), command('b')], [])), [
      ['a', 1],
      ['b', 2],
    ]);
  });

  it('numbers nothing for a leader that was deposed', async () => {
    const { outbox, term } = await open();
    await outbox.lead();

    assert.equal(await outbox.number(term, [command('a')], []), undefined);
    assert.equal(await outbox.leads(term), false);
    assert.deepEqual(seqs(await outbox.load())?.[0], ['a', undefined]);
  });

  it('numbers nothing that is settled already', async () => {
    const { outbox, term } = await open();
    outbox.remove(['a']);

    assert.deepEqual(seqs(await outbox.number(term, [command('a'), command('b')], [])), [['b', 1]]);
  });

  it('starts over where the entity has forgotten us', async () => {
    const { outbox, term } = await open();
    await outbox.number(term, [command('a'), command('b')], []);

    assert.deepEqual(seqs(await outbox.number(term, [command('b')], [NAME])), [['b', 1]]);
  });

  it('belongs to the first subject that is told', async () => {
    const { outbox } = await open();

    assert.deepEqual(
      [await outbox.belongsTo('ada'), await outbox.belongsTo('eve'), await outbox.belongsTo('ada')],
      [true, false, true],
    );
  });

  it('keeps nothing of a transaction whose work fails', async () => {
    const { database } = await open();

    const failing = database.run('readwrite', store => {
      store('commands').put({ id: 'x' });
      return Promise.reject(new Error('mine'));
    });

    await assert.rejects(failing, /mine/);
    assert.equal(await database.run('readonly', store => done(store('commands').count())), 3);
  });
});
