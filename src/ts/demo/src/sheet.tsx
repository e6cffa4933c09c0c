import { usePending } from '@holdfast/react';
import { useMemo, useRef, useState } from 'react';
import { arrange, type Board, example, LISTS, type List, place, retitle, type Todo } from './board';
import { useDrag } from './drag';
import { useEditing } from './editing';
import { useFlip } from './flip';
import { inks } from './ink';
import { NewTodo } from './new-todo';
import { TITLE, type Visitor } from './person';
import { Row } from './row';
import { BOARD } from './which';
import { Writing } from './writing';

export type OnSpot = (at?: string, caret?: number) => void;

const NAMES: Readonly<Record<List, string>> = { now: 'Now', next: 'Next', later: 'Later' };
const NOBODY: readonly Visitor[] = [];

interface SheetProps {
  readonly board: Board;
  readonly others: readonly Visitor[];
  readonly onSpot: OnSpot;
}

/** The board itself: its title and its lists. */
export function Sheet({ board, others, onSpot }: SheetProps) {
  const { edit } = useEditing();
  const root = useRef<HTMLDivElement>(null);
  const lists = useMemo(() => arrange(board.todos), [board.todos]);
  const visitors = useMemo(() => byPlace(others), [others]);
  const pending = usePending(BOARD);
  const states = useMemo(() => inks(pending), [pending]);
  const order = LISTS.map(list => lists[list].map(({ id }) => id).join(' ')).join('|');
  const [said, setSaid] = useState('');
  const flip = useFlip(root, order);
  const move = (todo: Todo, list: List, index: number) => {
    flip.remember();
    setSaid(`“${todo.text}” is now ${index + 1} in ${NAMES[list]}`);
    edit(`Moved “${todo.text}”`, draft => place(draft, todo.id, list, index));
  };
  const drag = useDrag(root, lists, move);
  const blank = board.todos.length === 0 && board.title === '';
  return (
    <div className="sheet" ref={root}>
      <h2 className="title" data-ink={states.get(TITLE) ?? 'ink'}>
        <Writing
          label="Title of the board"
          placeholder="Untitled"
          most={200}
          value={board.title}
          visitors={visitors.get(TITLE) ?? NOBODY}
          onWrite={text => edit('Wrote the title', draft => retitle(draft, text), TITLE)}
          onCaret={caret => onSpot(TITLE, caret)}
        />
      </h2>
      <p className="unseen" role="status">
        {said}
      </p>
      {blank && (
        <p className="blank">
          Nothing here yet.{' '}
          <button type="button" className="link" onClick={() => edit('Filled the board', example)}>
            Start with an example
          </button>
        </p>
      )}
      <div className="lists">
        {LISTS.map(list => (
          <section key={list} className="list" data-list={list} aria-label={NAMES[list]}>
            <h3 data-flow>
              {NAMES[list]} <span className="count">{lists[list].length}</span>
            </h3>
            <ul>
              {lists[list].map((todo, index) => (
                <Row
                  key={todo.id}
                  todo={todo}
                  index={index}
                  of={lists[list].length}
                  list={NAMES[list]}
                  ink={states.get(todo.id) ?? 'ink'}
                  visitors={visitors.get(todo.id) ?? NOBODY}
                  drag={drag}
                  onSpot={onSpot}
                />
              ))}
            </ul>
            <NewTodo list={list} name={NAMES[list]} />
          </section>
        ))}
      </div>
    </div>
  );
}

function byPlace(others: readonly Visitor[]): ReadonlyMap<string, readonly Visitor[]> {
  const visitors = new Map<string, readonly Visitor[]>();
  for (const other of others) {
    if (other.at !== undefined) visitors.set(other.at, [...(visitors.get(other.at) ?? []), other]);
  }
  return visitors;
}
