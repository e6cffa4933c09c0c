import { type ChangeEvent, type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import type { Visitor } from './person';

interface WritingProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  /** How many characters fit in, as the kind's schema has it. */
  readonly most: number;
  readonly visitors: readonly Visitor[];
  readonly onWrite: (text: string) => void;
  /** Where the caret is; nothing when it has left. */
  readonly onCaret: (caret?: number) => void;
}

/** A text that grows with what is in it and shows the carets of others who are in it too. */
export function Writing({ label, value, placeholder, most, visitors, onWrite, onCaret }: WritingProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const mine = useRef<{ text: string; start: number; end: number }>({ text: value, start: 0, end: 0 });
  // Whoever types here keeps the caret where it is in the text, however the text around it changes.
  useLayoutEffect(() => {
    const element = field.current;
    const { text, start, end } = mine.current;
    if (element === null || text === value || document.activeElement !== element) return;
    element.setSelectionRange(moved(start, text, value), moved(end, text, value));
  }, [value]);
  const remember = ({ value: text, selectionStart: start, selectionEnd: end }: HTMLTextAreaElement) => {
    mine.current = { text, start, end };
    onCaret(end);
  };
  const write = ({ target }: ChangeEvent<HTMLTextAreaElement>) => {
    remember(target);
    onWrite(target.value.replaceAll('\n', ' '));
  };
  const leave = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) event.preventDefault();
    if (event.key === 'Escape' || (event.key === 'Enter' && !event.nativeEvent.isComposing)) event.currentTarget.blur();
  };
  return (
    <span className="writing">
      <span className="mirror" dir="auto" aria-hidden="true">
        {withCarets(value === '' ? (placeholder ?? '') : value, visitors)}
      </span>
      <textarea
        ref={field}
        rows={1}
        aria-label={label}
        dir="auto"
        placeholder={placeholder}
        value={value}
        maxLength={most}
        spellCheck={false}
        onChange={write}
        onKeyDown={leave}
        onSelect={event => remember(event.currentTarget)}
        onBlur={() => onCaret()}
      />
    </span>
  );
}

/** Where a place in `before` is in `after`: what was put in or taken out in front of it moves it. */
export function moved(place: number, before: string, after: string): number {
  let same = 0;
  while (same < before.length && before[same] === after[same]) same += 1;
  return place <= same ? place : Math.max(same, place + after.length - before.length);
}

/** The text in pieces, between them the carets. The character at the end keeps the last line's height. */
function withCarets(text: string, visitors: readonly Visitor[]) {
  const carets = visitors
    .map(visitor => ({ ...visitor, caret: Math.min(visitor.caret ?? 0, text.length) }))
    .sort((a, b) => a.caret - b.caret);
  const pieces = carets.map(({ session, colour, caret }, i) => (
    <span key={session}>
      {text.slice(carets[i - 1]?.caret ?? 0, caret)}
      <span className="caret" data-colour={colour} />
    </span>
  ));
  return (
    <>
      {pieces}
      {text.slice(carets.at(-1)?.caret ?? 0)}
      {'\u200b'}
    </>
  );
}
