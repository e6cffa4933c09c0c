import type { Holdfast } from '@holdfast/client';
import { HoldfastProvider } from '@holdfast/react';
import { useState } from 'react';
import { Guide } from './guide';
import { Anchor } from './icons';
import { Pane } from './pane';

const wide = () => matchMedia('(min-width: 900px)').matches;

interface PageProps {
  readonly mine: Holdfast;
  /** The client of whoever is beside me, who connects when first shown. */
  readonly other: () => Holdfast;
  /** Whether the other one is shown only when wanted. */
  readonly alone: boolean;
}

export function Page({ mine, other, alone }: PageProps) {
  const [beside, setBeside] = useState(() => !alone && wide());
  return (
    <>
      <a className="skip" href="#board">
        Skip to the board
      </a>
      <Head />
      <main>
        <div className="opening">
          <div>
            <h1>
              <span className="in-pencil">
                <span>Pencil first</span>,
              </span>{' '}
              <span className="in-ink">then ink.</span>
            </h1>
            <p>
              What you change is there at once, in pencil. When it is safe on the server’s disk it turns to ink: here,
              and on every other screen.
            </p>
          </div>
          <button type="button" className="quiet" onClick={() => setBeside(!beside)}>
            {beside ? 'Only me' : 'Somebody beside me'}
          </button>
        </div>
        <div id="board" className="desk" data-beside={beside}>
          <HoldfastProvider client={mine}>
            <Pane side="left" />
          </HoldfastProvider>
          {beside && (
            <HoldfastProvider client={other()}>
              <Pane side="right" />
            </HoldfastProvider>
          )}
        </div>
        <HoldfastProvider client={mine}>
          <Guide />
        </HoldfastProvider>
      </main>
    </>
  );
}

function Head() {
  return (
    <header className="head">
      <a className="brand" href="/">
        <Anchor />
        Holdfast
      </a>
      <nav aria-label="Contract of this server">
        <a href="/openapi.json">HTTP API</a>
        <a href="/asyncapi.json">WebSocket</a>
        <a href="/client.js">client.js</a>
      </nav>
    </header>
  );
}
