import { type KeyboardEvent, memo } from 'react';
import { remove, rewrite, type Todo, tick } from './board';
import type { Drag } from './drag';
import { useEditing } from './editing';
import { Cross, Grip } from './icons';
import { INK_WORDS, type Ink } from './ink';
import { initials, type Visitor } from './person';
import type { OnSpot } from './sheet';
import { Writing } from './writing';

interface RowProps {
  readonly todo: Todo;
  readonly index: number;
  readonly of: number;
  /** The name of its list. */
  readonly list: string;
  readonly ink: Ink;
  readonly visitors: readonly Visitor[];
  readonly drag: Drag;
  readonly onSpot: OnSpot;
}

/** One to-do. Renders only when it, or who is in it, changes. */
export const Row = memo(function Row({ todo, index, of, list, ink, visitors, drag, onSpot }: RowProps) {
  const { edit } = useEditing();
  const { id, text, done } = todo;
  const name = text === '' ? `to-do ${index + 1}` : text;
  const onGripKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (step === 0) return;
    event.preventDefault();
    drag.step(id, step);
  };
  return (
    <li className="row" data-id={id} data-flow data-ink={ink} data-done={done} data-colour={visitors[0]?.colour}>
      <button
        type="button"
        className="grip"
        aria-label={`Move “${name}”: ${index + 1} of ${of}. Arrow keys move it.`}
        onPointerDown={event => drag.start(event, id)}
        onKeyDown={onGripKey}
      >
        <Grip />
      </button>
      <input
        type="checkbox"
        className="tick"
        aria-label={`Done: ${name}`}
        checked={done}
        onChange={({ target: { checked } }) =>
          edit(`${checked ? 'Ticked' : 'Unticked'} “${name}”`, draft => tick(draft, id, checked))
        }
      />
      <Writing
        label={`Text of to-do ${index + 1} in ${list}`}
        most={1000}
        value={text}
        visitors={visitors}
        onWrite={next => edit(`Wrote “${next}”`, draft => rewrite(draft, id, next), id)}
        onCaret={caret => onSpot(id, caret)}
      />
      <span className="visitors" aria-hidden="true">
        {visitors.map(visitor => (
          <span key={visitor.session} className="avatar small" data-colour={visitor.colour}>
            {initials(visitor.name)}
          </span>
        ))}
      </span>
      <button
        type="button"
        className="remove"
        aria-label={`Delete “${name}”`}
        onClick={event => {
          focusBeside(event.currentTarget, event.detail === 0);
          edit(`Deleted “${name}”`, draft => remove(draft, id));
        }}
      >
        <Cross />
      </button>
      <span className="mark" title={INK_WORDS[ink]}>
        <span className="unseen">{INK_WORDS[ink]}</span>
      </span>
    </li>
  );
});

/** Whoever deletes one after the other stays at it; behind the last one, only who does so by keyboard. */
function focusBeside(button: HTMLElement, byKeyboard: boolean): void {
  const row = button.closest('.row');
  const beside = row?.nextElementSibling ?? row?.previousElementSibling;
  if (beside) beside.querySelector<HTMLElement>('.remove')?.focus();
  else if (byKeyboard) button.closest('.list')?.querySelector<HTMLElement>('.new input')?.focus();
}
