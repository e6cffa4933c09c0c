// @vitest-environment node
import type { Holdfast } from '@holdfast/client';
import { renderToString } from 'react-dom/server';
import { expect, it } from 'vitest';
import {
  HoldfastProvider,
  useConnection,
  useEntity,
  useLocal,
  usePending,
  usePresence,
  useUndo,
} from '../src/index.js';
import { createScene, type Room } from './scene.js';

function Page() {
  const whole = useEntity<Room>('room/a');
  const { value, status } = useEntity('room/a', (room: Room) => room.topic);
  const others = usePresence('room/a', { name: 'Ada' });
  const said = [whole.value, value ?? 'nothing', status, useConnection().status, others.length, usePending().length];
  return <p>{JSON.stringify([...said, useLocal('ui').value, useUndo('room/a').canUndo])}</p>;
}

const NOT_LOADED = `<p>${'[null,"nothing","loading","connecting",0,0,null,false]'.replaceAll('"', '&quot;')}</p>`;

it('renders on a server as what is not loaded yet, for the browser to take over', () => {
  const scene = createScene();

  expect(renderToString(scene.inside(<Page />))).toBe(NOT_LOADED);
  expect([scene.entity('room/a').observers(), scene.entity('room/a').said]).toEqual([0, []]);
});

it('asks nothing of its client there', () => {
  const unasked = { entity: () => ({}), local: () => ({}) } as unknown as Holdfast;

  expect(
    renderToString(
      <HoldfastProvider client={unasked}>
        <Page />
      </HoldfastProvider>,
    ),
  ).toBe(NOT_LOADED);
});
