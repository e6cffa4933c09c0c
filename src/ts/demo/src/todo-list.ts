import type { Todo } from './board.js';
import { element, icon, replay, showIn } from './dom.js';

export interface TodoEdits {
  rewrite(id: string, text: string): void;
  toggle(id: string, done: boolean): void;
  remove(id: string): void;
  move(id: string, index: number): void;
}

export interface TodoList {
  readonly root: HTMLElement;
  /** Shows the to-dos; those that are new or different flash in the colour of whoever changed them. */
  render(todos: readonly Todo[], changedBy: string): void;
}

interface Row {
  todo: Todo;
  readonly root: HTMLLIElement;
  readonly check: HTMLInputElement;
  readonly text: HTMLTextAreaElement;
  readonly grip: HTMLButtonElement;
  readonly remove: HTMLButtonElement;
}

const calm = matchMedia('(prefers-reduced-motion: reduce)');

export function createTodoList(edits: TodoEdits): TodoList {
  const rows = new Map<string, Row>();
  const root = element('ul', { class: 'todos' });
  let order: readonly Todo[] = [];
  let rendered = false;

  const place = (id: string) => order.findIndex(todo => todo.id === id);

  function makeRow(todo: Todo): Row {
    const grip = element(
      'button',
      { type: 'button', class: 'grip' },
      icon('M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01'),
    );
    const check = element('input', { type: 'checkbox', class: 'check' });
    const text = element('textarea', { rows: 1, class: 'text', spellcheck: 'false', maxlength: 500 });
    const remove = element('button', { type: 'button', class: 'remove' }, icon('M7 7l10 10M17 7L7 17'));
    const row: Row = {
      todo,
      root: element('li', { class: 'todo', 'data-id': todo.id }, grip, check, text, remove),
      check,
      text,
      grip,
      remove,
    };
    check.addEventListener('change', () => edits.toggle(todo.id, check.checked));
    text.addEventListener('input', () => edits.rewrite(todo.id, text.value.replaceAll('\n', ' ')));
    text.addEventListener('keydown', event => {
      if (event.key === 'Enter') {
        event.preventDefault();
        text.blur();
      }
    });
    remove.addEventListener('click', () => leave(row));
    grip.addEventListener('keydown', event => moveByKey(event, todo.id));
    grip.addEventListener('pointerdown', event => drag(event, row));
    return row;
  }

  /** Deletes, and leaves the focus on a neighbour instead of nowhere. */
  function leave(row: Row): void {
    const next = row.root.nextElementSibling ?? row.root.previousElementSibling;
    edits.remove(row.todo.id);
    next?.querySelector<HTMLButtonElement>('.remove')?.focus();
  }

  function moveByKey(event: KeyboardEvent, id: string): void {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (step === 0) return;
    event.preventDefault();
    moveTo(id, place(id) + step);
  }

  function moveTo(id: string, index: number): void {
    if (index >= 0 && index < order.length && index !== place(id)) edits.move(id, index);
  }

  /** The row follows the pointer by trading places: each crossing of a neighbour's middle is one command. */
  function drag(event: PointerEvent, row: Row): void {
    if (event.button !== 0) return;
    event.preventDefault();
    row.grip.focus();
    row.root.classList.add('held');
    const follow = (move: PointerEvent) => {
      const here = place(row.todo.id);
      const others = order.map(({ id }) => rows.get(id)?.root.getBoundingClientRect());
      const [above, below] = [others[here - 1], others[here + 1]];
      if (above !== undefined && move.clientY < above.top + above.height / 2) moveTo(row.todo.id, here - 1);
      else if (below !== undefined && move.clientY > below.top + below.height / 2) moveTo(row.todo.id, here + 1);
    };
    const drop = () => {
      row.root.classList.remove('held');
      removeEventListener('pointermove', follow);
      removeEventListener('pointerup', drop);
      removeEventListener('pointercancel', drop);
    };
    addEventListener('pointermove', follow);
    addEventListener('pointerup', drop);
    addEventListener('pointercancel', drop);
  }

  function fill(row: Row, todo: Todo, index: number): void {
    row.todo = todo;
    row.check.checked = todo.done;
    showIn(row.text, todo.text);
    row.root.classList.toggle('done', todo.done);
    const name = todo.text === '' ? `to-do ${index + 1}` : todo.text;
    row.check.setAttribute('aria-label', `Done: ${name}`);
    row.text.setAttribute('aria-label', `Text of to-do ${index + 1}`);
    row.remove.setAttribute('aria-label', `Delete: ${name}`);
    row.grip.setAttribute('aria-label', `Move: ${name}. Position ${index + 1} of ${order.length}. Arrow keys move it.`);
  }

  function arrange(): void {
    const focused = document.activeElement;
    const there = [...rows.values()].filter(row => row.root.isConnected);
    const before = new Map(there.map(row => [row, row.root.getBoundingClientRect().top]));
    const wanted = order.map(({ id }) => rows.get(id)?.root as HTMLLIElement);
    for (const [i, child] of wanted.entries()) {
      if (root.children[i] !== child) root.insertBefore(child, root.children[i] ?? null);
    }
    if (focused instanceof HTMLElement && focused !== document.activeElement && root.contains(focused)) focused.focus();
    if (rendered && !calm.matches) for (const [row, top] of before) slide(row.root, top);
  }

  function slide(row: HTMLElement, from: number): void {
    const by = from - row.getBoundingClientRect().top;
    if (by === 0 || !row.isConnected) return;
    row.animate([{ transform: `translateY(${by}px)` }, { transform: 'none' }], { duration: 160, easing: 'ease-out' });
  }

  function same(a: readonly Todo[], b: readonly Todo[]): boolean {
    return a.length === b.length && a.every((todo, i) => todo.id === b[i]?.id);
  }

  return {
    root,
    render(todos, changedBy) {
      const unique = todos.filter((todo, i) => todos.findIndex(other => other.id === todo.id) === i);
      const moved = !same(order, unique);
      order = unique;
      for (const [id, row] of rows) {
        if (place(id) >= 0) continue;
        row.root.remove();
        rows.delete(id);
      }
      const fresh: Row[] = [];
      for (const [index, todo] of order.entries()) {
        const known = rows.get(todo.id);
        const row = known ?? makeRow(todo);
        rows.set(todo.id, row);
        if (known === undefined || known.todo.text !== todo.text || known.todo.done !== todo.done) fresh.push(row);
        fill(row, todo, index);
      }
      if (moved) arrange();
      if (rendered && changedBy !== '') for (const row of fresh) replay(row.root, `flash-${changedBy}`);
      rendered = true;
    },
  };
}
