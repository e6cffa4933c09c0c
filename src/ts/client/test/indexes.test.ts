import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import type { Json } from '../src/json.js';
import { applyPatch, applyPatches } from '../src/patch.js';
import { valueAt } from '../src/pointer.js';

/** Elements with keys, so many that their places are remembered. */
const list: readonly Json[] = Array.from({ length: 40 }, (_, i) => ({ id: `${i}`, v: 0 }));
const ID = { path: '/list/id=36/id', value: '36' };

describe('where keys stand in a long array', () => {
  it('is found anew after something was put between them', () => {
    const [after, applied] = applyPatches({ list }, [
      [{ op: 'replace', path: '/list/id=36/v', value: 1 }],
      [{ op: 'replace', path: '/list/id=37/v', value: 1 }],
      [{ op: 'add', path: '/list/34', value: { id: 'new', v: 0 } }],
      [{ op: 'replace', path: '/list/id=new/v', value: 1 }],
    ]);

    assert.deepEqual(applied, [true, true, true, true]);
    const written = (after as { readonly list: readonly { readonly id: string; readonly v: number }[] }).list;
    assert.deepEqual(
      written.filter(({ v }) => v === 1).map(({ id }) => id),
      ['new', '36', '37'],
    );
  });

  it('is each version’s own, though both came from one', () => {
    applyPatch({ list }, [{ op: 'test', ...ID }]);

    const [one, other] = ['x', 'y'].map(id => applyPatch({ list }, [{ op: 'add', path: '/list/-', value: { id } }]));

    const found = (doc: Json | undefined, id: string) => valueAt(doc as Json, `/list/id=${id}`);
    assert.deepEqual([found(one, 'x'), found(other, 'y')], [{ id: 'x' }, { id: 'y' }]);
    assert.deepEqual([found(one, 'y'), found(other, 'x')], [undefined, undefined]);
  });
});
