import { useEntity, useHoldfast, usePresence } from '@holdfast/react';
import { useCallback, useMemo, useState } from 'react';
import type { Board } from './board';
import { EditingProvider, useNewEditing } from './editing';
import { useMe } from './me';
import { type Presence, visitorsOf } from './person';
import { Sheet } from './sheet';
import { Slips } from './slips';
import { Strip } from './strip';
import { People, Tools } from './tools';
import { BOARD } from './which';

/** One person at the board: a client of its own. */
export function Pane({ side }: { readonly side: 'left' | 'right' }) {
  const { me } = useMe();
  const [spot, setSpot] = useState<Pick<Presence, 'at' | 'caret'>>({});
  const editing = useNewEditing();
  const { value: board, status, version, error } = useEntity<Board>(BOARD);
  const present = usePresence<unknown>(BOARD, status === 'live' ? { ...me, ...spot } : null);
  const others = useMemo(() => visitorsOf(present), [present]);
  const onSpot = useCallback((at?: string, caret?: number) => {
    setSpot(at === undefined || caret === undefined ? {} : { at, caret });
  }, []);
  return (
    <EditingProvider value={editing}>
      <section
        className="pane"
        data-pane={side}
        data-colour={me.colour}
        data-status={status}
        data-version={version}
        aria-label={`The board, as ${me.name} sees it`}
      >
        <header className="bar">
          <People others={others} />
          <Tools />
        </header>
        {board === null ? (
          <Nothing status={status} error={error?.detail} />
        ) : (
          <>
            {status === 'closed' && <Ended why={error?.detail} />}
            <Sheet board={board} others={others} onSpot={onSpot} />
          </>
        )}
        <footer className="foot">
          <Slips board={board} />
          <Strip />
        </footer>
      </section>
    </EditingProvider>
  );
}

/** What is shown was true once. */
function Ended({ why }: { readonly why: string | undefined }) {
  const client = useHoldfast();
  return (
    <p className="ended" role="alert">
      The server has closed this board: {why}. Below is how it was; what you change may be refused.{' '}
      <button type="button" className="link" onClick={() => client.reconnect()}>
        Ask again
      </button>
    </p>
  );
}

function Nothing({ status, error }: { readonly status: string; readonly error: string | undefined }) {
  const board = useHoldfast().entity<Board>(BOARD);
  if (error !== undefined) return <p className="waiting">{error}</p>;
  if (status !== 'live') return <p className="waiting">Looking for the board…</p>;
  return (
    <p className="waiting">
      This board was deleted.{' '}
      <button type="button" className="link" onClick={() => board.set({ title: '', todos: [] })}>
        Begin a new one
      </button>
    </p>
  );
}
