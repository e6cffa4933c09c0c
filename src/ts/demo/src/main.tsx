import { connect } from '@holdfast/client';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './style.css';
import { introduce } from './me';
import { Page } from './page';
import { PEOPLE, type Person, personNamed } from './person';

const [ada, bo] = PEOPLE as readonly [Person, Person];
const guest = new URLSearchParams(location.search).get('as');

/** A client for one more person: what each of them does is kept, and shared with their other windows, under an account. */
const join = (account?: string) => connect({ url: location.origin, account });

// `/?as=Cleo` is somebody else, in a window of their own.
const mine = guest === null ? join() : join(`guest ${guest}`);
const other = join('beside');
introduce(mine, guest === null ? ada : personNamed(guest));
introduce(other, bo);

createRoot(document.getElementById('page') as HTMLElement).render(
  <StrictMode>
    <Page mine={mine} other={other} alone={guest !== null} />
  </StrictMode>,
);
