import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { travelling } from '../src/command.js';
import { between } from '../src/diff.js';
import { draftOf } from '../src/draft.js';
import { applyPatch, type Op } from '../src/patch.js';
import { NAME, setUp } from './setup.js';

interface Todo {
  readonly id: string;
  readonly text?: string;
}
interface Board {
  readonly title: string;
  readonly count: number;
  readonly todos: readonly Todo[];
}
const KEYS = { '/todos': 'id' };

async function opened() {
  const todos = ['a', 'b', 'c', 'd'].map(id => ({ id }));
  const all = setUp({ initial: { board: { title: 'old', count: 0, todos } } }, { kinds: { board: { keys: KEYS } } });
  const [mine, theirs] = [all.client, all.join('bob')].map(client => client.entity<Board>(NAME));
  if (mine === undefined || theirs === undefined) throw new Error('two');
  for (const one of [mine, theirs]) one.subscribe(() => {});
  await all.world.advance(0);
  const document = () => all.server.document(NAME).doc as unknown as Board;
  /** Each does what it does, and hears of it. */
  async function inTurn(...steps: readonly (() => unknown)[]): Promise<void> {
    for (const step of steps) {
      step();
      await all.world.settle();
    }
  }
  return { ...all, mine, theirs, document, inTurn };
}

describe('taking back what others have worked on since', () => {
  it('puts an element back, though the array is shorter by now', async () => {
    const { mine, theirs, document, inTurn } = await opened();

    await inTurn(
      () => mine.update(d => d.todos.splice(2, 1)),
      () => theirs.update(d => d.todos.splice(0, 2)),
      () => mine.undo(),
    );

    assert.deepEqual(
      document()
        .todos.map(({ id }) => id)
        .sort(),
      ['c', 'd'],
    );
    assert.equal(mine.canRedo, true);
  });

  it('leaves out what is gone and takes back the rest', async () => {
    const { mine, theirs, document, inTurn } = await opened();

    await inTurn(
      () =>
        mine.update(d => {
          for (const todo of d.todos) todo.text = 'mine';
          d.title = 'mine';
        }),
      () => theirs.update(d => d.todos.splice(0, 3)),
      () => mine.undo(),
    );

    assert.deepEqual(document(), { title: 'old', count: 0, todos: [{ id: 'd' }] });
  });

  it('takes off what it added, and no more', async () => {
    const { mine, theirs, document, inTurn } = await opened();
    const add = (value: number) => [{ op: 'inc', path: '/count', value }] as const;

    await inTurn(
      () => mine.patch([...add(1), ...add(2)]),
      () => theirs.patch(add(10)),
      () => mine.undo(),
    );
    const undone = document().count;
    await inTurn(() => mine.redo());

    assert.deepEqual([undone, document().count], [10, 13]);
  });

  it('leaves a text that is theirs by now', async () => {
    const { mine, theirs, document, inTurn } = await opened();

    await inTurn(
      () => mine.update(d => void Object.assign(d, { title: 'mine', count: 7 })),
      () => theirs.update(d => void Object.assign(d, { title: 'theirs' })),
      () => mine.undo(),
    );

    assert.deepEqual([document().title, document().count], ['theirs', 0]);
  });
});

type Edit = readonly [what: number, at: number, to: number];
interface Draft {
  todos: { id: string; text?: string }[];
}

/** Puts in, rewrites, takes out or moves to-dos of one's own. */
function edit(todos: Draft['todos'], edits: readonly Edit[], isOwn: (id: string) => boolean, mark: string): void {
  edits.forEach(([what, at, to], n) => {
    const own = todos.filter(({ id }) => isOwn(id));
    const todo = own[at % Math.max(1, own.length)];
    if (what === 0 || todo === undefined) {
      todos.splice(to % (todos.length + 1), 0, { id: `${mark}${n}`, text: 'new' });
      return;
    }
    const place = todos.findIndex(({ id }) => id === todo.id);
    if (what === 1) todo.text = `${mark}${at}`;
    else {
      todos.splice(place, 1);
      if (what === 3) todos.splice(to % (todos.length + 1), 0, todo);
    }
  });
}

function recorded(on: object, change: (draft: Draft) => void): readonly Op[] {
  const draft = draftOf(on as never) as Draft;
  change(draft);
  return travelling(between(on as never, draft, KEYS));
}

describe('what takes back a change of elements with keys', () => {
  it('applies whatever others did to theirs, and undoes all of it and nothing else', () => {
    const edits = fc.array(fc.tuple(fc.nat(3), fc.nat(20), fc.nat(20)), { maxLength: 4 });
    fc.assert(
      fc.property(edits, edits, fc.nat(8), (mine, theirs, size) => {
        const isMine = (id: string) => (/^\d/.test(id) ? Number(id) % 2 === 0 : id.startsWith('m'));
        const base = { todos: Array.from({ length: size }, (_, i) => ({ id: `${i}`, text: '' })) };
        const gives = applyPatch(
          base as never,
          recorded(base, d => edit(d.todos, mine, isMine, 'm')),
        );
        const others = recorded(gives as object, d => edit(d.todos, theirs, id => !isMine(id), 't'));
        const now = applyPatch(gives, others);

        const after = applyPatch(now, between(gives, base, KEYS, now));

        const textsOf = (doc: unknown, own: boolean) =>
          (doc as Draft).todos.filter(({ id }) => isMine(id) === own).map(({ id, text }) => [id, text]);
        assert.deepEqual(textsOf(after, true).sort(), textsOf(base, true).sort());
        assert.deepEqual(textsOf(after, false).sort(), textsOf(now, false).sort());
      }),
      { numRuns: 1000 },
    );
  });
});
