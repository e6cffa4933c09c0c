import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import type { Json } from '../src/json.js';
import { inc, type Op } from '../src/patch.js';
import { NAME, setUp } from './setup.js';

interface Case {
  readonly before: Json;
  mine(edit: Edit): void;
  readonly theirs: readonly Op[];
  readonly undone: Json;
}

/** What I do: a recipe, ops, or a whole new value. */
interface Edit {
  update(recipe: (draft: Doc) => void): void;
  patch(...ops: Op[]): void;
  set(value: Json): void;
}
interface Doc {
  a: number;
  x?: unknown;
  o: Record<string, unknown>;
  todos: { id: string; t?: number; l?: number[] }[];
}

const theirsAt = (id: string): Op => ({ op: 'add', path: `/todos/id=${id}`, value: { id, t: 2 } });

const CASES: Readonly<Record<string, Case>> = {
  'a member of mine that they have removed': {
    before: { a: 1 },
    mine: ({ update }) => update(d => void Object.assign(d, { a: 2, x: 1 })),
    theirs: [{ op: 'remove', path: '/x' }],
    undone: { a: 1 },
  },
  'a member of mine in what they have removed': {
    before: { a: 1, o: {} },
    mine: ({ update }) => update(d => void Object.assign(d, { a: 2, o: { x: 1 } })),
    theirs: [{ op: 'remove', path: '/o' }],
    undone: { a: 1 },
  },
  'what I removed from what they have removed': {
    before: { a: 1, o: { x: 1 } },
    mine: ({ update }) =>
      update(d => {
        d.a = 2;
        delete d.o['x'];
      }),
    theirs: [{ op: 'remove', path: '/o' }],
    undone: { a: 1 },
  },
  'a null of mine that they have removed': {
    before: { a: 1, x: 1 },
    mine: ({ update }) => update(d => void Object.assign(d, { a: 2, x: null })),
    theirs: [{ op: 'remove', path: '/x' }],
    undone: { a: 1 },
  },
  'a text of mine that they have changed': {
    before: {},
    mine: ({ update }) => update(d => void Object.assign(d, { x: 'mine' })),
    theirs: [{ op: 'replace', path: '/x', value: 'theirs' }],
    undone: { x: 'theirs' },
  },
  'a member I removed and they put in anew': {
    before: { x: 'old' },
    mine: ({ update }) => update(d => delete d.x),
    theirs: [{ op: 'add', path: '/x', value: 'theirs' }],
    undone: { x: 'theirs' },
  },
  'an object of mine they have worked on': {
    before: { o: {} },
    mine: ({ update }) => update(d => void Object.assign(d.o, { x: {} })),
    theirs: [{ op: 'add', path: '/o/x/done', value: true }],
    undone: { o: {} },
  },
  'an element I removed at the end and they put in anew': {
    before: { todos: [{ id: 'a', t: 1 }] },
    mine: ({ update }) => update(d => d.todos.splice(0, 1)),
    theirs: [theirsAt('a')],
    undone: { todos: [{ id: 'a', t: 2 }] },
  },
  'an element I removed in front and they put in anew': {
    before: { todos: [{ id: 'a', t: 1 }, { id: 'b' }] },
    mine: ({ update }) => update(d => d.todos.splice(0, 1)),
    theirs: [theirsAt('a')],
    undone: { todos: [{ id: 'b' }, { id: 'a', t: 2 }] },
  },
  'elements of a list they have removed': {
    before: { a: 1, todos: [{ id: 'a', t: 1 }, { id: 'b' }] },
    mine: ({ update }) =>
      update(d => {
        d.a = 2;
        d.todos.splice(1, 1, { id: 'c' });
      }),
    theirs: [{ op: 'remove', path: '/todos' }],
    undone: { a: 1 },
  },
  'more elements than are named one by one': {
    before: { todos: Array.from({ length: 4001 }, (_, i) => ({ id: `k${i}` })) },
    mine: ({ update }) => update(d => void Object.assign(d, { todos: [] })),
    theirs: [theirsAt('z')],
    undone: { todos: [{ id: 'z', t: 2 }, ...Array.from({ length: 4001 }, (_, i) => ({ id: `k${i}` }))] },
  },
  'an array without keys in an element they have moved': {
    before: {
      todos: [
        { id: 'a', l: [1, 2] },
        { id: 'b', l: [3] },
      ],
    },
    mine: ({ update }) => update(d => d.todos[0]?.l?.push(9)),
    theirs: [
      { op: 'move', from: '/todos/0', path: '/todos/1' },
      { op: 'add', path: '/todos/id=a/l/0', value: 0 },
    ],
    undone: {
      todos: [
        { id: 'b', l: [3] },
        { id: 'a', l: [0, 1, 2] },
      ],
    },
  },
  'a whole document they have worked on': {
    before: { a: 1, b: 1 },
    mine: ({ set }) => set({ a: 2, b: 1 }),
    theirs: [{ op: 'replace', path: '/b', value: 5 }],
    undone: { a: 1, b: 5 },
  },
  'a fraction nobody can take off exactly': {
    before: { count: 0.1 },
    mine: ({ patch }) => patch(inc('/count', 0.2)),
    theirs: [],
    undone: { count: 0.1 },
  },
  'a sum in what has another place by now': {
    before: { list: [{ n: 'a', v: 0 }] },
    mine: ({ patch }) => patch(inc('/list/0/v')),
    theirs: [{ op: 'add', path: '/list/0', value: { n: 'b', v: 7 } }],
    undone: {
      list: [
        { n: 'b', v: 7 },
        { n: 'a', v: 0 },
      ],
    },
  },
  'sums, one of them in what they have removed': {
    before: { a: 0, o: { c: 0 } },
    mine: ({ patch }) => patch(inc('/a'), inc('/o/c')),
    theirs: [{ op: 'remove', path: '/o' }],
    undone: { a: 0 },
  },
};

describe('taking back', () => {
  for (const [what, { before, mine, theirs, undone }] of Object.entries(CASES))
    it(`${what}: is never refused, and leaves what is theirs`, async () => {
      const options = { kinds: { board: { keys: { '/todos': 'id' } } } };
      const { client, world, server, join } = setUp({ initial: { board: before } }, options);
      const [me, them] = [client, join('bob')].map(one => one.entity<Json>(NAME));
      if (me === undefined || them === undefined) throw new Error('two');
      const refused: string[] = [];
      for (const one of [me, them]) {
        one.subscribe(() => {});
        one.onRefused(({ error }) => refused.push(error.message));
      }
      await world.advance(0);

      mine({
        update: recipe => me.update(recipe as never),
        patch: (...ops) => me.patch(ops),
        set: value => me.set(value),
      });
      await world.settle();
      if (theirs.length > 0) them.patch(theirs);
      await world.settle();
      me.undo();
      await world.settle();

      assert.deepEqual(refused, []);
      assert.deepEqual(server.document(NAME).doc, undone);
    });
});
