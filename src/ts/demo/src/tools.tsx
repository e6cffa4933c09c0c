import type { ConnectionInfo } from '@holdfast/client';
import { useConnection, useHoldfast, useUndo } from '@holdfast/react';
import { useEditing } from './editing';
import { Cut, Redo, Undo } from './icons';
import { useMe } from './me';
import { initials, LONGEST_NAME, nextColour, type Visitor } from './person';
import { BOARD } from './which';

/** Who I am, to be changed in place, and who else is here. */
export function People({ others }: { readonly others: readonly Visitor[] }) {
  const { me, become } = useMe();
  return (
    <div className="people">
      <button
        type="button"
        className="avatar"
        aria-label={`Your colour is ${me.colour}. Another one`}
        title="Another colour"
        onClick={() => become({ colour: nextColour(me.colour) })}
      >
        {initials(me.name)}
      </button>
      <input
        className="name"
        aria-label="Your name"
        dir="auto"
        value={me.name}
        // As wide as it is long, where the style sheet's field-sizing is not known.
        size={Math.max(3, me.name.length)}
        maxLength={LONGEST_NAME}
        spellCheck={false}
        autoComplete="off"
        onChange={event => become({ name: event.target.value })}
      />
      <ul className="others" aria-label="Also here">
        {others.map(({ session, name, colour }) => (
          <li key={session} className="avatar" data-colour={colour} title={`${name} is here`}>
            <span aria-hidden="true">{initials(name)}</span>
            <span className="unseen" dir="auto">
              {name}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

const WORDS: Readonly<Record<ConnectionInfo['status'], string>> = {
  connecting: 'Connecting',
  online: 'Online',
  offline: 'Reconnecting',
  'needs-auth': 'Signed out',
  draining: 'Moving',
  closed: 'Closed',
};

export function Tools() {
  const client = useHoldfast();
  const { undo, redo } = useEditing();
  // The switch may have been turned in another window of the same person.
  const { status, detail, paused } = useConnection();
  const { canUndo, canRedo } = useUndo(BOARD);
  const word = paused ? 'Offline' : WORDS[status];
  return (
    <div className="tools">
      <button type="button" className="tool" aria-label="Undo" title="Undo" disabled={!canUndo} onClick={undo}>
        <Undo />
      </button>
      <button type="button" className="tool" aria-label="Redo" title="Redo" disabled={!canRedo} onClick={redo}>
        <Redo />
      </button>
      <button
        type="button"
        className="tool cut"
        aria-label="Kill the connection"
        title="Kill the connection: it comes back by itself"
        disabled={paused}
        onClick={() => client.reconnect()}
      >
        <Cut />
        <span aria-hidden="true">Kill connection</span>
      </button>
      <button
        type="button"
        role="switch"
        className="switch"
        aria-label="Connection"
        aria-description={word}
        aria-checked={!paused}
        data-status={status}
        title={detail === '' || paused ? 'Work offline or online' : detail}
        onClick={() => (paused ? client.resume() : client.pause())}
      >
        <span className="word">{word}</span>
        <span className="knob" />
      </button>
    </div>
  );
}
