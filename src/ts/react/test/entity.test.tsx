import { act, cleanup } from '@testing-library/react';
import { Component, type ReactNode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { type EntityState, useEntity, useUpdate } from '../src/index.js';
import { createScene, type Room } from './scene.js';

afterEach(cleanup);

function probe<P extends object>(read: (props: P) => unknown) {
  const seen: unknown[] = [];
  function Probe(props: P) {
    seen.push(read(props));
    return null;
  }
  return { Probe, seen };
}

class Boundary extends Component<{ readonly children: ReactNode }> {
  override state = { broken: false };
  static getDerivedStateFromError() {
    return { broken: true };
  }
  override render() {
    return this.state.broken ? 'broken' : this.props.children;
  }
}

describe('useEntity', () => {
  it('gives the whole value, its status and version', () => {
    const scene = createScene();
    const { Probe, seen } = probe(() => useEntity<Room>('room/a'));

    scene.show(<Probe />);
    act(() => scene.entity('room/a').become({ value: { topic: 'Masts', todos: [] }, version: 2 }));

    expect(seen.map(state => (state as EntityState<Room>).version)).toEqual([1, 2]);
    expect(seen.at(-1)).toEqual({ value: { topic: 'Masts', todos: [] }, status: 'live', version: 2, error: undefined });
  });

  it('renders only when what the selector makes, or the status, changes', () => {
    const scene = createScene();
    const { Probe, seen } = probe(() => useEntity('room/a', (room: Room) => room.topic));
    scene.show(<Probe />);
    const room = scene.entity<Room>('room/a');

    act(() => void room.update(({ todos }) => void todos.push({ id: 'b', text: 'oil' })));
    expect(seen).toHaveLength(1);
    act(() => void room.update(({ todos }) => ({ topic: 'Masts', todos })));
    expect(seen).toHaveLength(2);
    act(() => room.become({ status: 'stale' }));
    expect(seen).toHaveLength(3);
    expect(seen.at(-1)).toMatchObject({ value: 'Masts', status: 'stale' });
  });

  it('keeps the value that equals by the given measure, also when only the status changes', () => {
    const scene = createScene();
    const byLength = (a: readonly unknown[], b: readonly unknown[]) => a.length === b.length;
    const { Probe, seen } = probe(() =>
      useEntity('room/a', (room: Room) => room.todos.map(todo => todo.text), byLength),
    );
    scene.show(<Probe />);

    act(() => scene.entity('room/a').become({ value: { topic: 'x', todos: [{ id: 'a', text: 'oil' }] } }));
    expect(seen).toHaveLength(1);
    act(() => scene.entity('room/a').become({ status: 'stale' }));

    const [first, second] = seen as EntityState<readonly string[]>[];
    expect(second?.value).toBe(first?.value);
  });

  it('takes selectors and equality functions made anew by every render, without subscribing anew', () => {
    const scene = createScene();
    let subscribed = 0;
    const { subscribe } = scene.entity('room/a');
    Object.assign(scene.entity('room/a'), {
      subscribe: (fn: never) => {
        subscribed += 1;
        return subscribe(fn);
      },
    });
    const { Probe, seen } = probe(({ least }: { least: number }) =>
      useEntity(
        'room/a',
        (room: Room) => room.todos.filter(todo => todo.text.length > least),
        (a, b) => a.length === b.length,
      ),
    );

    const shown = scene.show(<Probe least={0} />);
    for (const least of [1, 2, 99]) shown.again(<Probe least={least} />);

    expect(seen.map(state => (state as EntityState<readonly unknown[]>).value?.length)).toEqual([1, 1, 1, 0]);
    expect((seen[1] as EntityState<unknown>).value).toBe((seen[0] as EntityState<unknown>).value);
    expect([subscribed, scene.entity('room/a').observers()]).toEqual([1, 1]);
  });

  it('takes a selector that makes a new value every time without rendering for ever', () => {
    const scene = createScene();
    const { Probe, seen } = probe(() => useEntity('room/a', (room: Room) => ({ topic: room.topic })));

    scene.show(<Probe />);

    expect(seen).toHaveLength(1);
  });

  it('follows its name from one entity to another and never shows the one under the name of the other', () => {
    const scene = createScene();
    const seen: unknown[] = [];
    function Probe({ name }: { name: string }) {
      const { value, version } = useEntity(name, (room: Room) => room.topic);
      seen.push([name, value, version]);
      return null;
    }
    scene.entity('room/b').become({ version: 7 });

    const shown = scene.show(<Probe name="room/a" />);
    shown.again(<Probe name="room/b" />);

    expect(seen).toEqual([
      ['room/a', 'Sails', 1],
      ['room/b', 'Oars', 7],
    ]);
    expect([scene.entity('room/a').observers(), scene.entity('room/b').observers()]).toEqual([0, 1]);
  });

  it('has undefined for a selection of nothing, and asks nobody', () => {
    const scene = createScene();
    const { Probe, seen } = probe(() =>
      useEntity(
        'room/none',
        (room: Room) => room.topic,
        () => true,
      ),
    );

    scene.show(<Probe />);
    act(() => scene.entity('room/none').become({ value: { topic: 'New', todos: [] } }));

    expect(seen.map(state => (state as EntityState<unknown>).value)).toEqual([undefined, 'New']);
  });

  it('hands a selector that throws to the error boundary, not to whoever changed the entity', () => {
    const scene = createScene();
    const { Probe } = probe(() => useEntity('room/a', (room: Room) => room.todos[0]?.text.length));
    const caught: unknown[] = [];
    const options = { onCaughtError: (error: unknown) => void caught.push(error) };
    const shown = scene.show(
      <Boundary>
        <Probe />
      </Boundary>,
      options,
    );

    act(() => scene.entity('room/a').become({ value: { topic: 'x', todos: [{ id: 'a' }] } }));

    expect(caught).toEqual([expect.any(TypeError)]);
    expect(shown.container.textContent).toBe('broken');
  });

  it('observes once in StrictMode, and no longer when it is gone', () => {
    const scene = createScene(true);
    const { Probe, seen } = probe(() => useEntity('room/a', (room: Room) => room.topic));

    const shown = scene.show(<Probe />);
    act(() => scene.entity('room/a').become({ value: { topic: 'Masts', todos: [] } }));
    expect(seen.at(-1)).toMatchObject({ value: 'Masts' });
    expect(scene.entity('room/a').observers()).toBe(1);
    shown.unmount();

    expect(scene.entity('room/a').observers()).toBe(0);
  });
});

describe('useUpdate', () => {
  it('is one function per name, and renders nobody who shows another part', () => {
    const scene = createScene();
    const updates: unknown[] = [];
    let topics = 0;
    function Topic() {
      useEntity('room/a', (room: Room) => room.topic);
      topics += 1;
      return null;
    }
    function Adder({ name }: { name: string }) {
      const update = useUpdate<{ todos: { id: string; text: string }[] }>(name);
      updates.push(update);
      return <button type="button" onClick={() => update(d => void d.todos.push({ id: 'b', text: 'oil' }))} />;
    }
    const both = (name: string) => (
      <>
        <Topic />
        <Adder name={name} />
      </>
    );

    const shown = scene.show(both('room/a'));
    act(() => shown.getByRole('button').click());
    expect(scene.entity('room/a').get().value).toMatchObject({ todos: [{ id: 'a' }, { id: 'b' }] });
    expect(topics).toBe(1);
    shown.again(both('room/a'));
    shown.again(both('room/b'));

    expect(updates[1]).toBe(updates[0]);
    expect(updates[2]).not.toBe(updates[0]);
  });
});
