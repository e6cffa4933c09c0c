import { act, render } from '@testing-library/react';
import type { ReactElement } from 'react';
import { vi } from 'vitest';
import { connectIn } from '../../client/src/connect.js';
import { createFakeServer } from '../../client/test/fake-server.js';
import { createWorld } from '../../client/test/world.js';
import type { Board, Todo } from '../src/board';
import { introduce } from '../src/me';
import { PEOPLE, type Person } from '../src/person';
import { BOARD } from '../src/which';

/** Ada and Bo at one board, each with a client as it is, on a server of the tests. */
export function createScene(todos: readonly Todo[]) {
  // A wide screen on which nothing moves.
  vi.stubGlobal('matchMedia', () => ({ matches: true }));
  const server = createFakeServer({ initial: { board: { title: 'Sails', todos } } });
  const world = createWorld(server);
  const join = (person: Person) => {
    const kinds = { board: { keys: { '/todos': 'id' } } };
    const client = connectIn(world.page(), { url: 'ws://test', token: person.name, kinds, persist: false });
    introduce(client, person);
    return client;
  };
  const [ada, bo] = PEOPLE.slice(0, 2).map(join) as [ReturnType<typeof join>, ReturnType<typeof join>];
  const quiet = () => act(() => world.advance(100));
  return {
    ...{ server, ada, bo, quiet },
    board: () => server.document(BOARD).doc as Board,
    async show(element: ReactElement) {
      const shown = render(element);
      await quiet();
      return shown;
    },
    /** What is done while Ada is offline, and what becomes of it. */
    async apart(run: () => void) {
      ada.pause();
      await quiet();
      act(run);
      await quiet();
      ada.resume();
      await quiet();
    },
  };
}
