import { useHoldfast } from '@holdfast/react';
import type { ReactNode } from 'react';
import type { Board } from './board';
import { newId } from './new-id';
import { asGuest, BOARD } from './which';

const CODE = `const hf = connect({ url: 'http://localhost:8080' })
const name = 'board/welcome'

function Title() {
  const { value } = useEntity(name, (b: Board) => b.title)
  const update = useUpdate<Board>(name)
  const write = text => update(b => { b.title = text })

  return <input value={value ?? ''} disabled={value === undefined}
                onChange={e => write(e.target.value)} />
}`;

/** What to try on this page, and how it is written. */
export function Guide() {
  return (
    <div className="guide">
      <section aria-labelledby="try">
        <h2 id="try">Try to break it</h2>
        <ol>
          <Try name="Go offline.">
            Turn one switch off and write in both panes. Turn it on again: nothing is lost, nothing is there twice.
          </Try>
          <Try name="Kill the connection">in the middle of a word. Go on typing.</Try>
          <Try name="Disagree.">
            Offline, rewrite a to-do that the other one deletes. You get your text back, with the reason.
          </Try>
          <Try name={<BreakRule />}>Write what the board’s schema does not allow, and see the pencil rubbed out.</Try>
          <Try
            name={
              <a href={asGuest('Cleo')} target="_blank" rel="noopener">
                Open a third window
              </a>
            }
          >
            as Cleo, or kill the server itself and start it again.
          </Try>
        </ol>
      </section>
      <section aria-labelledby="how">
        <h2 id="how">How it is written</h2>
        <pre>
          <code>{CODE}</code>
        </pre>
      </section>
    </div>
  );
}

function Try({ name, children }: { readonly name: ReactNode; readonly children: ReactNode }) {
  return (
    <li>
      <b>{name}</b> {children}
    </li>
  );
}

function BreakRule() {
  const board = useHoldfast().entity<Board>(BOARD);
  const write = () => {
    const value = { id: newId(), text: 'Paint the hull red', done: false, list: 'now', colour: 'red' };
    board.patch([{ op: 'add', path: '/todos/-', value }]);
  };
  return (
    <button type="button" className="link" onClick={write}>
      Break a rule.
    </button>
  );
}
