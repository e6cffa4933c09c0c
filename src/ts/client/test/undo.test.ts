import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import type { Entity } from '../src/api.js';
import { connectIn } from '../src/connect.js';
import type { Json } from '../src/json.js';
import { createFakeServer } from './fake-server.js';
import { createWorld } from './world.js';

const NAME = 'board/welcome';
interface Board {
  readonly list: readonly Json[];
}

/** Takes elements out at a place, and puts new ones there. */
type Splice = readonly [at: number, out: number, put: number];

const splice: fc.Arbitrary<Splice> = fc.tuple(fc.nat(5), fc.nat(2), fc.nat(2));

async function setUp(list: readonly Json[]) {
  const server = createFakeServer({ initial: { board: { list } }, now: () => 5000 });
  const world = createWorld(server);
  const join = (token: string) => {
    const board = connectIn(world.page(), { url: 'ws://test', token }).entity<Board>(NAME);
    board.subscribe(() => {});
    return board;
  };
  const [mine, theirs] = [join('ada'), join('bob')];
  await world.advance(0);
  return { world, mine, theirs, listAt: () => (server.document(NAME).doc as unknown as Board).list };
}

/** Lets that page do it; what it took out, and what it put in. */
function apply(board: Entity<Board>, [at, out, put]: Splice, fresh: () => Json): readonly (readonly Json[])[] {
  const items = Array.from({ length: put }, fresh);
  const taken = (board.get().value as Board).list.slice(at, at + out);
  board.update(d => void d.list.splice(at, out, ...(items as never[])));
  return [taken, items];
}

describe('taking back in an array without keys', () => {
  it('finds what it put in after others have put something before it', async () => {
    const { world, mine, theirs, listAt } = await setUp(['a', 'b']);
    mine.update(d => void d.list.push('c' as never));
    await world.settle();
    theirs.update(d => void d.list.unshift('x' as never));
    await world.settle();

    mine.undo();
    await world.settle();
    const undone = listAt();
    mine.redo();
    await world.settle();

    assert.deepEqual(undone, ['x', 'a', 'b']);
    assert.deepEqual(listAt(), ['x', 'a', 'b', 'c']);
  });

  it('takes back its own part of an element others have changed as well', async () => {
    const { world, mine, theirs, listAt } = await setUp([{ x: 1, y: 1 }]);
    mine.update(d => void Object.assign(d.list[0] as object, { x: 2 }));
    await world.settle();
    theirs.update(d => void Object.assign(d.list[0] as object, { y: 2 }));
    await world.settle();

    mine.undo();
    await world.settle();

    assert.deepEqual(listAt(), [{ x: 1, y: 2 }]);
  });

  it('takes nothing away that others have put in or left there', async () => {
    await fc.assert(
      fc.asyncProperty(splice, splice, fc.boolean(), async (own, other, objects) => {
        let counter = 0;
        const fresh = (): Json => {
          counter += 1;
          return objects ? { [`n${counter}`]: counter } : counter;
        };
        const list = Array.from({ length: 4 }, fresh);
        const { world, mine, theirs, listAt } = await setUp(list);
        const [mineTaken = [], mineput = []] = apply(mine, own, fresh);
        await world.settle();
        const [theirsTaken = [], theirsPut = []] = apply(theirs, other, fresh);
        await world.settle();

        mine.undo();
        await world.settle();

        const texts = (items: readonly Json[]) => items.map(item => JSON.stringify(item));
        const gone = new Set(texts([...mineTaken, ...mineput, ...theirsTaken]));
        const stay = texts([...list, ...theirsPut]).filter(item => !gone.has(item));
        const there = texts(listAt());
        assert.deepEqual(
          stay.filter(item => !there.includes(item)),
          [],
          `${texts(list)}, ${own}, ${other}: ${there}`,
        );
        assert.equal(new Set(there).size, there.length);
      }),
      { numRuns: 150 },
    );
  });
});

describe('what can be taken back', () => {
  const opened = async () => {
    const all = await setUp(['a']);
    const seen: boolean[] = [];
    all.mine.subscribe(() => seen.push(all.mine.canUndo));
    return { ...all, seen };
  };

  it('is known to whoever hears of a refusal', async () => {
    const { world, mine, seen } = await opened();

    mine.patch([{ op: 'add', path: '/list/0', value: 'x' }], { if: 7 });
    await world.settle();

    assert.deepEqual([mine.canUndo, seen.at(-1)], [false, false]);
  });

  it('goes on to the last change of which anything is left, and says when there is none', async () => {
    const { world, mine, theirs, listAt, seen } = await opened();
    for (const item of ['b', 'c']) mine.update(d => d.list.push(item));
    await world.settle();
    theirs.update(d => void d.list.pop());
    await world.settle();

    const undone = mine.undo();
    await world.settle();
    const [left, again] = [listAt(), mine.undo()];

    assert.deepEqual(left, ['a']);
    assert.equal((await undone?.receipt)?.duplicate, false);
    assert.deepEqual([again, mine.canUndo, seen.at(-1)], [undefined, false, false]);
  });

  it('is told when it comes to nothing', async () => {
    const { world, mine, theirs, seen } = await opened();
    mine.update(d => d.list.push('b'));
    await world.settle();
    theirs.update(d => void d.list.pop());
    await world.settle();

    assert.deepEqual([seen.at(-1), mine.undo(), mine.canUndo, seen.at(-1)], [true, undefined, false, false]);
  });
});
