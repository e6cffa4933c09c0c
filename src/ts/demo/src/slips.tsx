import type { Refusal } from '@holdfast/client';
import { useHoldfast } from '@holdfast/react';
import { useEffect, useState } from 'react';
import { add, type Board, retitle } from './board';
import { useEditing } from './editing';
import { type Lost, lostIn, reasonOf } from './lost';
import { BOARD } from './which';

/** What was refused, and why, with the text of whoever wrote it to be put back. */
export function Slips({ board }: { readonly board: Board | null }) {
  const entity = useHoldfast().entity<Board>(BOARD);
  const [slips, setSlips] = useState<readonly Lost[]>([]);
  useEffect(
    () => entity.onRefused((refusal: Refusal) => setSlips(before => withSlip(before, lostIn(refusal)))),
    [entity],
  );
  const { edit } = useEditing();
  const dismiss = (slip: Lost) => setSlips(before => before.filter(({ about }) => about !== slip.about));
  const restore = ({ about, text }: Lost) => {
    if (text === undefined) return;
    if (about === 'title') edit('Put the title back', draft => retitle(draft, text));
    else edit(`Put “${text}” back`, draft => add(draft, crypto.randomUUID(), text, 'now'));
  };
  return (
    <div className="slips" role="status">
      {slips.map(slip => (
        <div key={slip.about} className="slip">
          <p>
            {reasonOf(slip, board)}
            {slip.text !== undefined && <q>{slip.text}</q>}
          </p>
          <div className="choices">
            {slip.text !== undefined && (
              <button
                type="button"
                className="solid"
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

/** One slip per to-do: of a run of typing, only what it came to. */
function withSlip(slips: readonly Lost[], slip: Lost): readonly Lost[] {
  const before = slips.find(({ about }) => about === slip.about);
  const text = slip.text ?? before?.text;
  return [...slips.filter(one => one !== before), text === undefined ? slip : { ...slip, text }].slice(-3);
}
