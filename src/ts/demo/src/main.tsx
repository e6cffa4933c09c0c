import { connect, type Holdfast } from '@holdfast/client';
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
introduce(mine, guest === null ? ada : personNamed(guest));

let beside: Holdfast | undefined;
function other(): Holdfast {
  if (beside === undefined) {
    beside = join('beside');
    introduce(beside, bo);
  }
  return beside;
}

createRoot(document.getElementById('page') as HTMLElement).render(
  <StrictMode>
    <Page mine={mine} other={other} alone={guest !== null} />
  </StrictMode>,
);
