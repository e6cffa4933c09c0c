import { useState } from 'react';
import { add, type List } from './board';
import { useEditing } from './editing';
import { Plus } from './icons';
import { newId } from './new-id';

/** The line at the end of a list that becomes a to-do. */
export function NewTodo({ list, name }: { readonly list: List; readonly name: string }) {
  const { edit } = useEditing();
  const [text, setText] = useState('');
  const submit = () => {
    const words = text.trim();
    if (words === '') return;
    edit(`Added “${words}”`, draft => add(draft, newId(), words, list));
    setText('');
  };
  return (
    <form
      className="new"
      data-flow
      onSubmit={event => {
        event.preventDefault();
        submit();
      }}
    >
      <Plus />
      <input
        aria-label={`New to-do: ${name}`}
        placeholder="Add a to-do"
        dir="auto"
        value={text}
        maxLength={500}
        autoComplete="off"
        enterKeyHint="done"
        onChange={event => setText(event.target.value)}
      />
    </form>
  );
}
