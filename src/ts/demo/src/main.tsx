import { connect } from '@holdfast/client';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './style.css';
import { introduce } from './me';
import { Page } from './page';

/** `?as=Cleo` is somebody else, with a client that shares nothing with the other windows. */
const guest = new URLSearchParams(location.search).get('as');

const mine = connect({ url: location.origin, ...(guest === null ? {} : { persist: false }) });
const other = connect({ url: location.origin, persist: false });
introduce(mine, guest ?? undefined);
introduce(other, undefined, mine);

createRoot(document.getElementById('page') as HTMLElement).render(
  <StrictMode>
    <Page mine={mine} other={other} />
  </StrictMode>,
);
