import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { between } from '../src/diff.js';
import type { Json } from '../src/json.js';
import { applyPatch } from '../src/patch.js';

const KEYS = { '/list': 'id' };
const COUNT = 5000;
type Item = { readonly id: string; readonly t?: string };
const items = (ids: readonly number[]): Item[] => ids.map(n => ({ id: `${n}` }));
const all = Array.from({ length: COUNT }, (_, n) => n);

/** What taking back my large change makes of the list by now, and in how many ops. */
function back(mine: readonly Item[], theirs: (list: Item[]) => Item[]) {
  const before = { list: items(all) } as unknown as Json;
  const after = { list: mine } as unknown as Json;
  const now = { list: theirs([...mine]) } as unknown as Json;
  const ops = between(after, before, KEYS, now);
  const { list } = applyPatch(now, ops) as unknown as { readonly list: readonly Item[] };
  return { ops: ops.length, list };
}

describe('taking back a change of more elements than are named one by one', () => {
  const reversed = items([...all].reverse());

  it('puts them in their order, as others have changed them', () => {
    const { ops, list } = back(reversed, ([first, ...rest]) => [{ ...(first as Item), t: 'theirs' }, ...rest]);

    assert.equal(ops, 1);
    assert.deepEqual(list, [...items(all.slice(0, -1)), { id: `${COUNT - 1}`, t: 'theirs' }]);
  });

  it('leaves out what others took out, and leaves in what they put in, behind what it follows', () => {
    const { ops, list } = back(reversed, mine => [
      { id: 'front' },
      ...mine.slice(0, 2),
      { id: 'new' },
      ...mine.slice(3),
    ]);

    assert.equal(ops, 1);
    const gone = COUNT - 3;
    const expected = all.filter(n => n !== gone).map(String);
    assert.deepEqual(
      list.map(({ id }) => id),
      ['front', ...expected.slice(0, -1).filter(id => id !== `${COUNT - 2}`), `${COUNT - 2}`, 'new', `${COUNT - 1}`],
    );
  });

  it('puts all of them back among those others have put in meanwhile', () => {
    const { ops, list } = back([], () => [{ id: 'x' }]);

    assert.deepEqual([ops, list.length, list[0]], [1, COUNT + 1, { id: 'x' }]);
  });

  it('takes all of them out again, and leaves the others', () => {
    const added = items([...all, ...all.map(n => n + COUNT)]);
    const { ops, list } = back(added, mine => [...mine, { id: 'x' }]);

    assert.equal(ops, 1);
    assert.deepEqual(list, [...items(all), { id: 'x' }]);
  });
});

describe('a reorder that wrote into the elements', () => {
  it('is taken back in them too, also in those others have changed', () => {
    const before = { list: all.map(n => ({ id: `${n}`, t: 'a', rank: n })) };
    const mine = { list: [...before.list].reverse().map((item, rank) => ({ ...item, rank })) };
    const now = applyPatch(mine as never, [{ op: 'replace', path: '/list/id=7/t', value: 'theirs' }]);

    const ops = between(mine as never, before as never, KEYS, now);

    const { list } = applyPatch(now, ops) as unknown as typeof before;
    assert.equal(ops.length, 1);
    assert.deepEqual(list[7], { id: '7', t: 'theirs', rank: 7 });
    assert.deepEqual(list.slice(8), before.list.slice(8));
  });

  it('goes through among tens of thousands that others have put in', () => {
    const { ops, list } = back([], () => Array.from({ length: 80_000 }, (_, n) => ({ id: `x${n}` })));

    assert.deepEqual([ops, list.length], [1, COUNT + 80_000]);
  }, 10_000);
});
