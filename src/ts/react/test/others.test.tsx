import type { PendingCommand, Present } from '@holdfast/client';
import { act, cleanup } from '@testing-library/react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  HoldfastProvider,
  useConnection,
  useEntity,
  useHoldfast,
  useLocal,
  usePending,
  usePresence,
} from '../src/index.js';
import { createScene, type Room } from './scene.js';

afterEach(cleanup);

const OPS: PendingCommand['ops'] = [];
const command = (id: string, entity: string, ops = OPS): PendingCommand => ({ id, entity, state: 'sent', ops, at: 0 });
const present = (session: string) =>
  ({ session, client: 'c', by: 'ada', data: { name: 'Ada' } }) as Present<{ name: string }>;

describe('useHoldfast', () => {
  it('is the client of the nearest provider', () => {
    const [outer, inner] = [createScene(), createScene()];
    const seen: unknown[] = [];
    function Probe() {
      seen.push(useHoldfast());
      return null;
    }

    outer.show(
      <HoldfastProvider client={inner.client}>
        <Probe />
      </HoldfastProvider>,
    );

    expect(seen).toEqual([inner.client]);
  });
});

describe('usePresence', () => {
  it('shows the others and says who is here, once per content, until it is gone', () => {
    const scene = createScene();
    const seen: unknown[] = [];
    function Probe({ name }: { name: string }) {
      seen.push(usePresence<{ name: string }>('room/a', { name }).map(one => one.session));
      return null;
    }

    const shown = scene.show(<Probe name="Ada" />);
    shown.again(<Probe name="Ada" />);
    act(() => scene.entity('room/a').presentAre([present('s1')]));
    shown.again(<Probe name="Bo" />);
    shown.unmount();

    expect(seen).toEqual([[], [], ['s1'], ['s1']]);
    expect(scene.entity('room/a').said).toEqual([{ name: 'Ada' }, { name: 'Bo' }, null]);
  });

  it('says what another component says once one is gone', () => {
    const scene = createScene();
    function Probe({ cursor }: { cursor: string }) {
      usePresence('room/a', cursor);
      return null;
    }
    const both = (more: boolean) => (
      <>
        <Probe cursor="list" />
        {more && <Probe cursor="editor" />}
      </>
    );

    const shown = scene.show(both(true));
    shown.again(both(false));
    shown.unmount();

    expect(scene.entity('room/a').said).toEqual(['list', 'editor', 'list', null]);
  });

  it('says nothing without data', () => {
    const scene = createScene();
    function Probe() {
      usePresence('room/a');
      return null;
    }

    scene.show(<Probe />).unmount();

    expect(scene.entity('room/a').said).toEqual([]);
  });

  it('is present in StrictMode', () => {
    const scene = createScene(true);
    function Probe() {
      usePresence('room/a', { name: 'Ada' });
      return null;
    }

    scene.show(<Probe />);

    expect(scene.entity('room/a').said.at(-1)).toEqual({ name: 'Ada' });
  });

  const cyclic: { self?: unknown } = {};
  cyclic.self = cyclic;
  it.each([
    ['too large', 'x'.repeat(4097), 'presence: 4099 bytes (expected: ≤ 4096)'],
    ['no JSON', cyclic, 'circular'],
  ])('reports what cannot be told, for it is %s, and goes on without', (_, data, why) => {
    const scene = createScene();
    const reported: unknown[] = [];
    vi.stubGlobal('queueMicrotask', (run: () => void) => {
      try {
        run();
      } catch (error) {
        reported.push(error);
      }
    });
    function Probe({ cursor }: { cursor: unknown }) {
      return `here are ${usePresence<unknown>('room/a', cursor).length}`;
    }

    const shown = scene.show(<Probe cursor="list" />);
    shown.again(<Probe cursor={data} />);
    shown.again(<Probe cursor="editor" />);

    expect(shown.container.textContent).toBe('here are 0');
    expect(scene.entity('room/a').said).toEqual(['list', null, 'editor']);
    expect(reported.map(String)).toEqual([expect.stringContaining(why)]);
    vi.unstubAllGlobals();
  });
});

describe('useConnection', () => {
  it('shows how the client is connected', () => {
    const scene = createScene();
    const seen: unknown[] = [];
    function Probe() {
      seen.push(useConnection().status);
      return null;
    }

    scene.show(<Probe />);
    act(() => scene.connected({ status: 'offline' }));

    expect(seen).toEqual(['online', 'offline']);
  });
});

describe('usePending', () => {
  it('shows the commands of one entity and renders only for those', () => {
    const scene = createScene();
    const seen: unknown[] = [];
    function Probe() {
      seen.push(usePending('room/a').map(one => one.id));
      return null;
    }
    const mine = () => command('1', 'room/a');

    scene.show(<Probe />);
    act(() => scene.waiting([mine()]));
    act(() => scene.waiting([mine(), command('2', 'room/b')]));
    act(() => scene.waiting([]));

    expect(seen).toEqual([[], ['1'], []]);
  });

  it('shows a command in other words once it is put in those', () => {
    const scene = createScene();
    const seen: unknown[] = [];
    function Probe() {
      seen.push(usePending('room/a')[0]?.ops);
      return null;
    }
    const rewritten: PendingCommand['ops'] = [{ op: 'remove', path: '/todos/id=a' }];

    scene.show(<Probe />);
    act(() => scene.waiting([command('1', 'room/a')]));
    act(() => scene.waiting([command('1', 'room/a', rewritten)]));

    expect(seen).toEqual([undefined, OPS, rewritten]);
  });
});

describe('useLocal', () => {
  it('renders only when what the selector makes changes, and changes it', () => {
    const scene = createScene();
    const seen: unknown[] = [];
    function Probe() {
      const { value, update } = useLocal('ui', (ui: { theme: string; open: number }) => ui.theme);
      seen.push(value);
      return <button type="button" onClick={() => update(ui => ({ ...ui, theme: 'light' }))} />;
    }

    const shown = scene.show(<Probe />);
    act(() => scene.entity('local/ui').become({ value: { theme: 'dark', open: 2 } }));
    act(() => shown.getByRole('button').click());

    expect(seen).toEqual(['dark', 'light']);
  });
});

describe('a page rendered on a server', () => {
  it('is taken over without a difference, whatever the browser knows already, and then shows that', async () => {
    const scene = createScene();
    function Page() {
      const { value = 'nothing', status } = useEntity('room/a', (room: Room) => room.topic);
      return (
        <p>
          {status} {value} {useConnection().status} {usePresence('room/a').length}
        </p>
      );
    }
    const page = scene.inside(<Page />);
    const container = document.createElement('div');
    container.innerHTML = renderToString(page);
    const before = container.textContent;
    const complaints: unknown[] = [];

    const root = await act(async () => hydrateRoot(container, page, { onRecoverableError: e => complaints.push(e) }));

    expect([before, container.textContent]).toEqual(['loading nothing connecting 0', 'live Sails online 0']);
    expect(complaints).toEqual([]);
    act(() => root.unmount());
  });
});
