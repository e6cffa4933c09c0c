// @vitest-environment node
import { renderToString } from 'react-dom/server';
import { expect, it } from 'vitest';
import { useConnection, useEntity, useLocal, usePending, usePresence } from '../src/index.js';
import { createScene, type Room } from './scene.js';

it('renders on a server as what is not loaded yet, for the browser to take over', () => {
  const scene = createScene();
  function Page() {
    const whole = useEntity<Room>('room/a');
    const { value, status } = useEntity('room/a', (room: Room) => room.topic);
    const others = usePresence('room/a', { name: 'Ada' });
    const said = [whole.value, value ?? 'nothing', status, useConnection().status, others.length, usePending().length];
    return <p>{JSON.stringify([...said, useLocal('ui').value])}</p>;
  }

  const html = renderToString(scene.inside(<Page />));

  expect(html).toBe(`<p>${'[null,"nothing","loading","connecting",0,0,null]'.replaceAll('"', '&quot;')}</p>`);
  expect([scene.entity('room/a').observers(), scene.entity('room/a').said]).toEqual([0, []]);
});
