import { describe, expect, it } from 'vitest';
import type { Json } from '../src/json.js';
import { applyPatch, type Op } from '../src/patch.js';
import { initialState } from '../src/reducer.js';
import { inOtherWords } from '../src/rewording.js';

const ENTITY = 'lab/x';

async function reworded(doc: Json, ops: readonly Op[]): Promise<readonly Op[]> {
  const state = { ...initialState(ENTITY), shown: doc };
  const command = { id: '1', entity: ENTITY, ops, at: 0 };
  return (await inOtherWords(state, command, async () => ({ '/todos': 'id' }))).ops;
}

describe('a command that was recorded before the keys were known', () => {
  it('names elements by their keys', async () => {
    const ops = await reworded({ todos: [{ id: '7' }] }, [{ op: 'add', path: '/todos/0/done', value: true }]);

    expect(ops).toEqual([{ op: 'add', path: '/todos/id=7/done', value: true }]);
  });

  it('leaves alone what others have put beside its own into an empty object', async () => {
    const ops = await reworded({ marks: {}, todos: [] }, [{ op: 'add', path: '/marks/mine', value: 1 }]);

    expect(applyPatch({ marks: { theirs: 1 }, todos: [] }, ops)).toEqual({ marks: { theirs: 1, mine: 1 }, todos: [] });
  });
});
