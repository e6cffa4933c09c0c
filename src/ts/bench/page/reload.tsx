import { connect } from '@holdfast/client';
import { HoldfastProvider, useEntity } from '@holdfast/react';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { type Board, boardOf } from './board.js';
import { painted } from './measure.js';

const ROWS = 200;
const started = performance.now();
const { url, token, entity } = window.settings;
/** Without client and storage: what any page of this sort takes. */
const floor = location.search === '?floor';
const hf = connect({ url, token, ...(floor ? { persist: false } : {}) });
if (floor) hf.pause();

let shown: (status: string) => void;
/** Milliseconds from the start of the navigation, and from the start of the script, to the first frame with the document in it. */
const first = new Promise<{ readonly sinceNavigation: number; readonly sinceScript: number; readonly status: string }>(
  done => {
    shown = async status => {
      await painted();
      done({ sinceNavigation: performance.now(), sinceScript: performance.now() - started, status });
    };
  },
);

function List() {
  const { value, status } = useEntity<Board>(entity);
  return <Rows value={value} status={status} />;
}

function Rows({ value, status }: { readonly value: Board | null; readonly status: string }) {
  const there = value !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first status with a document is the one that counts
  useEffect(() => {
    if (there) shown(status);
  }, [there]);
  return value?.todos.slice(0, ROWS).map(({ id, text }) => <p key={id}>{text.slice(0, 60)}</p>);
}

createRoot(document.body.appendChild(document.createElement('main'))).render(
  <HoldfastProvider client={hf}>
    {floor ? <Rows value={boardOf(1_000_000)} status="constant" /> : <List />}
  </HoldfastProvider>,
);
window.bench = () => first;
Object.assign(window, { live: () => hf.entity(entity).get().status === 'live' && hf.pending().length === 0 });
