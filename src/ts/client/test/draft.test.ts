import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import type { Draft, Keys } from '../src/api.js';
import { travelling } from '../src/command.js';
import { between } from '../src/diff.js';
import { draftOf } from '../src/draft.js';
import type { Json } from '../src/json.js';
import { applyPatch, type Op } from '../src/patch.js';
import { equal } from '../src/reconcile.js';
import { clone, edit, value } from './edits.js';

function record<T>(base: T, recipe: (draft: Draft<T>) => unknown, keys: Keys = {}): readonly Op[] {
  const draft = draftOf(base as Json);
  recipe(draft as Draft<T>);
  return travelling(between(base as Json, draft, keys));
}

interface Todo {
  id: string;
  text?: string;
  done?: boolean;
  tags?: string[];
}
interface Board {
  title: string;
  count: number;
  tags: string[];
  todos: Todo[];
  nested: { deep: { list: number[][] } };
}
const KEYS: Keys = { '/todos': 'id' };
const board = (): Board => ({
  title: 'a',
  count: 1,
  tags: ['x', 'y', 'z'],
  todos: [{ id: '1' }, { id: '2' }, { id: '3' }, { id: '4' }],
  nested: { deep: { list: [[1], [2]] } },
});
const on = (recipe: (draft: Draft<Board>) => unknown) => record(board(), recipe, KEYS);

describe('a recipe becomes the ops that say what it meant:', () => {
  const cases: readonly (readonly [string, (draft: Draft<Board>) => unknown, readonly Op[]])[] = [
    ['a member set', d => Object.assign(d, { title: 'b' }), [{ op: 'replace', path: '/title', value: 'b' }]],
    ['a number counted up', d => (d.count += 1), [{ op: 'replace', path: '/count', value: 2 }]],
    ['nothing done', d => d.todos.find(todo => todo.id === '9'), []],
    ['set to what it was', d => (d.title = 'a'), []],
    [
      'an element changed, by its key',
      d => ((d.todos[1] as Todo).text = 't'),
      [{ op: 'add', path: '/todos/id=2/text', value: 't' }],
    ],
    ['pushed with a key', d => d.todos.push({ id: '5' }), [{ op: 'add', path: '/todos/id=5', value: { id: '5' } }]],
    ['pushed without', d => d.tags.push('w'), [{ op: 'add', path: '/tags/-', value: 'w' }]],
    ['put in front', d => d.todos.unshift({ id: '5' }), [{ op: 'add', path: '/todos/0', value: { id: '5' } }]],
    ['spliced out, by its key', d => d.todos.splice(1, 1), [{ op: 'remove', path: '/todos/id=2' }]],
    ['spliced out of plain values', d => d.tags.splice(1, 1), [{ op: 'remove', path: '/tags/1' }]],
    [
      'filtered and assigned',
      d => (d.todos = d.todos.filter(todo => todo.id !== '1' && todo.id !== '3')),
      [
        { op: 'remove', path: '/todos/id=1' },
        { op: 'remove', path: '/todos/id=3' },
      ],
    ],
    [
      'the first moved to the end',
      d => d.todos.push(d.todos.shift() as Todo),
      [{ op: 'move', from: '/todos/id=1', path: '/todos/-' }],
    ],
    [
      'the last moved to the front',
      d => d.todos.unshift(d.todos.pop() as Todo),
      [{ op: 'move', from: '/todos/id=4', path: '/todos/0' }],
    ],
    [
      'changed and moved',
      d => {
        const [first] = d.todos.splice(0, 1) as [Todo];
        first.text = 't';
        d.todos.splice(2, 0, first);
      },
      [
        { op: 'add', path: '/todos/id=1/text', value: 't' },
        { op: 'move', from: '/todos/id=1', path: '/todos/2' },
      ],
    ],
    ['cut short', d => (d.todos.length = 3), [{ op: 'remove', path: '/todos/id=4' }]],
    ['a member deleted', d => Reflect.deleteProperty(d, 'title'), [{ op: 'remove', path: '/title' }]],
    [
      'a copy with one member changed',
      d => Object.assign(d, { nested: { ...d.nested, extra: 1 } }),
      [{ op: 'add', path: '/nested/extra', value: 1 }],
    ],
    [
      'a value in arrays in arrays',
      d => d.nested.deep.list[1]?.push(3),
      [{ op: 'add', path: '/nested/deep/list/1/-', value: 3 }],
    ],
    ['undefined removes', d => Object.assign(d, { title: undefined }), [{ op: 'remove', path: '/title' }]],
    [
      'dates as JSON has them',
      d => Object.assign(d, { title: new Date(0) }),
      [{ op: 'replace', path: '/title', value: '1970-01-01T00:00:00.000Z' }],
    ],
  ];
  for (const [name, recipe, ops] of cases) {
    it(name, () => assert.deepEqual(on(recipe), ops));
  }

  it('moves as few elements as possible when sorting', () => {
    const ops = on(d => d.todos.sort((a, b) => b.id.localeCompare(a.id)));

    assert.deepEqual(
      ops.map(({ op }) => op),
      ['move', 'move', 'move'],
    );
  });

  it('does not touch the value, and copies only along the way', () => {
    const base = board();
    const text = JSON.stringify(base);
    const after = applyPatch(
      base as unknown as Json,
      record(base, d => d.todos.reverse(), KEYS),
    ) as unknown as Board;

    assert.equal(JSON.stringify(base), text);
    assert.equal(after.nested, base.nested);
    assert.equal(after.todos[0], base.todos[3]);
  });

  it('refuses numbers that JSON cannot hold', () => {
    assert.throws(() => on(d => (d.count = Number.NaN)), TypeError);
  });

  it('names elements by position where a key is not their own', () => {
    const ops = record(
      { todos: [{ id: '1' }, { id: '1', text: 'a' }] as Todo[] },
      d => Object.assign(d.todos[1] as Todo, { text: 'b' }),
      KEYS,
    );

    assert.deepEqual(ops, [{ op: 'replace', path: '/todos/1/text', value: 'b' }]);
  });

  it('follows patterns of keys', () => {
    const base = { lists: { a: [{ k: 1, v: 0 }] } };

    assert.deepEqual(
      record(base, d => Object.assign(d.lists.a[0] as object, { v: 1 }), { '/lists/*': 'k' }),
      [{ op: 'replace', path: '/lists/a/k=1/v', value: 1 }],
    );
  });
});

describe('hostile keys', () => {
  it('are members like any other, and lead nowhere', () => {
    for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '']) {
      const base = { a: {} } as Record<string, Record<string, unknown>>;
      const ops = record(base, d => {
        const draft = d as Record<string, Record<string, unknown> | undefined>;
        assert.equal(draft[key], undefined);
        draft[key] = { polluted: true };
        (draft[key] as Record<string, unknown>)['more'] = 1;
      });
      const after = applyPatch(base as unknown as Json, ops) as Record<string, unknown>;

      assert.deepEqual(Object.getOwnPropertyDescriptor(after, key)?.value, { polluted: true, more: 1 });
      assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
      assert.equal(Object.getPrototypeOf(after), Object.prototype);
    }
  });

  it('give no way from an array to its prototype', () => {
    record({ list: [1] } as unknown as Record<string, Record<string, Record<string, unknown>>>, d => {
      for (const key of ['__proto__', 'constructor']) assert.equal(d['list']?.[key], undefined);
    });
  });
});

describe('whatever a recipe does', () => {
  it('the ops, applied to the base, give what plain JavaScript would have given', () => {
    fc.assert(
      fc.property(value, fc.array(edit, { maxLength: 6 }), fc.boolean(), (base, edits, keyed) => {
        const before = JSON.stringify(base);
        const plain = clone(base);
        for (const change of edits) change(plain);
        const keys: Keys = keyed ? { '': 'id', '/*': 'id', '/*/*': 'id' } : {};
        const ops = record(base, draft => edits.forEach(change => void change(draft)), keys);

        const after = applyPatch(base, ops);
        const wanted = JSON.parse(JSON.stringify(plain));
        assert.ok(equal(after, wanted), JSON.stringify({ ops, after, wanted }));
        assert.equal(JSON.stringify(base), before);
        const back = applyPatch(after, travelling(between(after, base, keys)));
        assert.ok(equal(back, base), 'and there is a way back');
      }),
      { numRuns: 4000 },
    );
  });
});
