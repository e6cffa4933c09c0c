import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyPatch, type Json } from '@holdfast/client';
import { addTodo, boardOf, example, isBlank, moveTodo, removeTodo, retitle, rewrite, toggle } from '../src/board.js';

const doc: Json = {
  title: 'Tour',
  todos: [
    { id: 'a', text: 'one', done: false },
    { id: 'b/~', text: 'two', done: true },
  ],
};
const texts = (board: Json) => boardOf(board).todos.map(todo => todo.text);

describe('a board', () => {
  it('shows what of any document is one', () => {
    const odd: readonly Json[] = [null, 7, [], {}, { title: 7, todos: 'none' }, { todos: [null, 1, {}, { id: 7 }] }];

    for (const one of odd) assert.deepEqual(boardOf(one), { title: '', todos: [] });
    assert.deepEqual(boardOf({ todos: [{ id: 'a' }] }).todos, [{ id: 'a', text: '', done: false }]);
  });

  it('is edited by ops that name to-dos by id, whatever is in it', () => {
    const edited = [
      ...rewrite('b/~', 'zwei'),
      ...toggle('b/~', false),
      ...moveTodo('b/~', 0),
      ...addTodo(doc, { id: 'c', text: 'three', done: false }),
      ...removeTodo('a'),
      ...retitle(doc, 'New'),
    ];

    assert.deepEqual(applyPatch(doc, edited), {
      title: 'New',
      todos: [
        { id: 'b/~', text: 'zwei', done: false },
        { id: 'c', text: 'three', done: false },
      ],
    });
  });

  it('begins out of nothing, and out of anything', () => {
    for (const odd of [null, 7, [], {}] as const) {
      assert.equal(boardOf(applyPatch(odd, retitle(odd, 'New'))).title, 'New');
      assert.deepEqual(texts(applyPatch(odd, addTodo(odd, { id: 'c', text: 'three', done: false }))), ['three']);
    }
    assert.ok(isBlank(boardOf(null)));
    assert.ok(!isBlank(boardOf(applyPatch(null, example()))));
  });
});
