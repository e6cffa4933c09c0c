import { type PointerEvent as ReactPointerEvent, type RefObject, useLayoutEffect, useMemo, useRef } from 'react';
import { LISTS, type List, type Lists, type Todo } from './board';
import { gapAt, type Slot, shiftOf } from './gap';

export interface Drag {
  /** The row follows the pointer and the others make room; letting go is one change, Escape none. */
  readonly start: (event: ReactPointerEvent<HTMLElement>, id: string) => void;
  /** One place up (-1) or down (1), over the end of a list into the next. */
  readonly step: (id: string, by: -1 | 1) => void;
}

type Move = (todo: Todo, list: List, index: number) => void;
type Latest = RefObject<{ readonly lists: Lists; readonly move: Move }>;

export function useDrag(root: RefObject<HTMLElement | null>, lists: Lists, move: Move): Drag {
  const latest = useRef({ lists, move });
  useLayoutEffect(() => {
    latest.current = { lists, move };
  });
  return useMemo(
    () => ({
      start: (event, id) => follow(root.current, latest, event, id),
      step: (id, by) => step(root.current, latest, id, by),
    }),
    [root],
  );
}

function find(lists: Lists, id: string): readonly [Todo, List, number] | undefined {
  for (const list of LISTS) {
    const index = lists[list].findIndex(todo => todo.id === id);
    const todo = lists[list][index];
    if (todo !== undefined) return [todo, list, index];
  }
  return undefined;
}

function step(root: HTMLElement | null, latest: Latest, id: string, by: -1 | 1): void {
  const { lists, move } = latest.current;
  const found = find(lists, id);
  if (found === undefined) return;
  const [todo, list, index] = found;
  const neighbour = LISTS[LISTS.indexOf(list) + by];
  if (lists[list][index + by] !== undefined) move(todo, list, index + by);
  else if (neighbour !== undefined) move(todo, neighbour, by === 1 ? 0 : lists[neighbour].length);
  // In another list it is another element.
  requestAnimationFrame(() => root?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"] .grip`)?.focus());
}

function follow(root: HTMLElement | null, latest: Latest, event: ReactPointerEvent<HTMLElement>, id: string): void {
  const row = event.currentTarget.closest<HTMLElement>('.row');
  if (event.button !== 0 || root === null || row === null) return;
  event.preventDefault();
  const grip = event.currentTarget;
  if (event.pointerType !== 'touch') grip.focus();
  grip.setPointerCapture(event.pointerId);
  const begin = root.getBoundingClientRect();
  const [x, y] = [event.clientX - begin.left, event.clientY - begin.top];
  let gap: { readonly list: string; readonly index: number } | undefined;
  row.dataset['held'] = '';
  root.dataset['dragging'] = '';

  function drag({ pointerId, clientX, clientY }: PointerEvent): void {
    if (root === null || row === null || pointerId !== event.pointerId) return;
    const { left, top } = root.getBoundingClientRect();
    const [dx, dy] = [clientX - left - x, clientY - top - y];
    const slots = slotsOf(root);
    const held = slots.find(slot => slot.element === row);
    // Somebody else deleted it, or moved it into another list.
    if (held === undefined) return drop();
    gap = gapAt(slots, held, held.left + held.width / 2 + dx, held.top + held.height / 2 + dy);
    for (const slot of slots) {
      const by = shiftOf(slot, slots, held, gap);
      slot.element.style.transform =
        slot === held ? `translate(${dx}px, ${dy}px)` : by === 0 ? '' : `translateY(${by}px)`;
    }
    if (clientY < 56 || clientY > innerHeight - 56) scrollBy(0, clientY < 56 ? -12 : 12);
  }

  function letGo({ pointerId }: PointerEvent): void {
    if (pointerId !== event.pointerId) return;
    const found = find(latest.current.lists, id);
    if (gap !== undefined && found !== undefined) {
      const [todo, list, index] = found;
      if (gap.list !== list || gap.index !== index) latest.current.move(todo, gap.list as List, gap.index);
    }
    drop();
  }

  function drop(): void {
    delete row?.dataset['held'];
    delete root?.dataset['dragging'];
    for (const { element } of slotsOf(root as HTMLElement)) element.style.transform = '';
    ended.abort();
  }

  function key(pressed: KeyboardEvent): void {
    if (pressed.key === 'Escape') drop();
  }

  const ended = new AbortController();
  const until = { signal: ended.signal };
  addEventListener('pointermove', drag, until);
  addEventListener('pointerup', letGo, until);
  addEventListener('pointercancel', drop, until);
  addEventListener('keydown', key, until);
}

/** Everything that makes room, where it stands without what dragging does to it. */
function slotsOf(root: HTMLElement): readonly Slot[] {
  return [...root.querySelectorAll<HTMLElement>('[data-flow]')].map(element => ({
    element,
    list: element.closest<HTMLElement>('[data-list]')?.dataset['list'] ?? '',
    isRow: element.classList.contains('row'),
    left: element.offsetLeft,
    top: element.offsetTop,
    width: element.offsetWidth,
    height: element.offsetHeight,
  }));
}
