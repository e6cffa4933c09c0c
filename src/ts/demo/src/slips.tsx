import { useHoldfast } from '@holdfast/react';
import { useSyncExternalStore } from 'react';
import { type Board, putBack, retitle } from './board';
import { useEditing } from './editing';
import { type Lost, reasonOf } from './lost';
import { newId } from './new-id';
import { TITLE } from './person';
import { refusedAt } from './refused';
import { BOARD } from './which';

/** What was refused, and why, with the text of whoever wrote it to be put back. */
export function Slips({ board }: { readonly board: Board | null }) {
  const { get, subscribe, dismiss } = refusedAt(useHoldfast().entity<Board>(BOARD));
  const slips = useSyncExternalStore(subscribe, get);
  const { edit } = useEditing();
  const restore = ({ about, text, list = 'now' }: Lost) => {
    if (text === undefined) return;
    if (about === TITLE) edit('Put the title back', draft => retitle(draft, text));
    else edit(`Put “${text}” back`, draft => putBack(draft, about, text, list, newId()));
  };
  return (
    <div className="slips" role="status">
      {slips.map(slip => (
        <div key={slip.about} className="slip">
          <p>
            {reasonOf(slip, board)}
            {slip.text !== undefined && <q dir="auto">{slip.text}</q>}
          </p>
          <div className="choices">
            {slip.text !== undefined && (
              <button
                type="button"
                className="solid"
                disabled={board === null}
                onClick={() => {
                  restore(slip);
                  dismiss(slip);
                }}
              >
                Put it back
              </button>
            )}
            <button type="button" className="quiet" onClick={() => dismiss(slip)}>
              Let it go
            </button>
          </div>
        </div>
      ))}
    </div>
  );
}
