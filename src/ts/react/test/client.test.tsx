import { act, cleanup, render } from '@testing-library/react';
import { memo, type ReactElement, StrictMode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { connectIn } from '../../client/src/connect.js';
import { createFakeServer } from '../../client/test/fake-server.js';
import { createWorld } from '../../client/test/world.js';
import { HoldfastProvider, useConnection, useEntity, useLocal, usePending, useUndo, useUpdate } from '../src/index.js';

interface Todo {
  readonly id: string;
  readonly text: string;
}
interface Board {
  readonly title: string;
  readonly todos: readonly Todo[];
}

const NAME = 'board/welcome';
const TODOS = Array.from({ length: 200 }, (_, i) => ({ id: `t${i}`, text: `${i}` }));

afterEach(cleanup);

/** The client as it is, on a server and a network of the tests. */
function createSea() {
  const server = createFakeServer({ initial: { board: { title: 'Sails', todos: TODOS } } });
  const world = createWorld(server);
  const kinds = { board: { keys: { '/todos': 'id' } } };
  const join = (token: string) => connectIn(world.page(), { url: 'ws://test', token, kinds, persist: false });
  const ada = join('ada');
  return {
    server,
    world,
    ada,
    bo: join('bo'),
    quiet: () => act(() => world.advance(0)),
    show: (element: ReactElement, strict = false) => {
      const provided = <HoldfastProvider client={ada}>{element}</HoldfastProvider>;
      return render(strict ? <StrictMode>{provided}</StrictMode> : provided);
    },
  };
}

describe('the hooks on the client', () => {
  it('show what is loading, what is live, what this client does and what others do', async () => {
    const sea = createSea();
    const seen: string[] = [];
    function Title() {
      const { value = '', status } = useEntity(NAME, (board: Board) => board.title);
      const update = useUpdate<Board>(NAME);
      seen.push(`${status} ${value}`);
      const write = () => update(board => void Object.assign(board, { title: 'Masts' }));
      return <button type="button" onClick={write} />;
    }

    const shown = sea.show(<Title />);
    await sea.quiet();
    act(() => shown.getByRole('button').click());
    await sea.quiet();
    act(() => void sea.bo.entity<Board>(NAME).patch([{ op: 'replace', path: '/title', value: 'Oars' }]));
    await sea.quiet();

    expect(seen).toEqual(['loading ', 'live Sails', 'live Masts', 'live Oars']);
  });

  it('render one of two hundred rows when one of two hundred to-dos changes', async () => {
    const sea = createSea();
    const renders = new Map<string, number>();
    const Row = memo(function Row({ todo }: { readonly todo: Todo }) {
      renders.set(todo.id, (renders.get(todo.id) ?? 0) + 1);
      return <li>{todo.text}</li>;
    });
    function Rows() {
      const { value = [] } = useEntity(NAME, (board: Board) => board.todos);
      return value.map(todo => <Row key={todo.id} todo={todo} />);
    }
    let titles = 0;
    function Title() {
      useEntity(NAME, (board: Board) => board.title);
      titles += 1;
      return null;
    }
    sea.show(
      <>
        <Title />
        <Rows />
      </>,
    );
    await sea.quiet();
    renders.clear();
    titles = 0;

    act(() => void sea.bo.entity(NAME).patch([{ op: 'replace', path: '/todos/id=t7/text', value: 'oil' }]));
    await sea.quiet();
    act(() => {
      sea.ada.entity<Board>(NAME).update(board => void Object.assign(board.todos[9] ?? {}, { text: 'tar' }));
    });
    await sea.quiet();

    expect(Object.fromEntries(renders)).toEqual({ t7: 1, t9: 1 });
    expect(titles).toBe(0);
  });

  it('open an entity once in StrictMode, and again under another name', async () => {
    const sea = createSea();
    function Probe({ name }: { readonly name: string }) {
      return useEntity(name, (board: Board) => board.title).value ?? null;
    }
    const provided = (name: string) => (
      <StrictMode>
        <HoldfastProvider client={sea.ada}>
          <Probe name={name} />
        </HoldfastProvider>
      </StrictMode>
    );
    const opened = () => sea.server.heard.flatMap(frame => (frame.t === 'open' ? [frame.entity] : []));

    const shown = render(provided('board/a'));
    await sea.quiet();
    expect(opened()).toEqual(['board/a']);
    shown.rerender(provided('board/b'));
    await sea.quiet();

    expect(opened()).toEqual(['board/a', 'board/b']);
  });

  it('show what is pending, of this entity only, and how the client is connected', async () => {
    const sea = createSea();
    const seen: string[] = [];
    function Probe() {
      seen.push(`${useConnection().status} ${usePending(NAME).length}`);
      return null;
    }
    sea.show(<Probe />);
    await sea.quiet();

    await act(async () => {
      sea.ada.pause();
      await sea.world.advance(0);
      sea.ada.entity(NAME).patch([{ op: 'replace', path: '/title', value: 'x' }]);
      sea.ada.entity('board/other').patch([{ op: 'replace', path: '/title', value: 'x' }]);
    });
    expect(seen.at(-1)).toBe('offline 1');
    act(() => sea.ada.resume());
    await sea.quiet();

    expect(seen.at(-1)).toBe('online 0');
  });

  it('take back and do again, and render when there is something or nothing left of that', async () => {
    const sea = createSea();
    const seen: string[] = [];
    function Tools() {
      const { undo, redo, canUndo, canRedo } = useUndo(NAME);
      seen.push([canUndo && 'undo', canRedo && 'redo'].filter(Boolean).join(' '));
      return (
        <>
          <button type="button" name="undo" onClick={undo} />
          <button type="button" name="redo" onClick={redo} />
        </>
      );
    }
    const title = () => sea.ada.entity<Board>(NAME).get().value?.title;
    const write = (name: string) =>
      act(() => void sea.ada.entity<Board>(NAME).update(board => void Object.assign(board, { title: name })));
    const shown = sea.show(<Tools />);
    const press = (name: string) => act(() => shown.container.querySelector<HTMLElement>(`[name=${name}]`)?.click());
    await sea.quiet();

    write('Masts');
    write('Oars');
    await sea.quiet();
    press('undo');
    expect(title()).toBe('Masts');
    press('undo');
    press('redo');
    expect(title()).toBe('Masts');
    await sea.quiet();

    expect(seen).toEqual(['', 'undo', 'undo redo', 'redo', 'undo redo']);
  });

  it('have nothing to take back any more when others have, and say so', async () => {
    const sea = createSea();
    const [mine, theirs] = [sea.ada, sea.bo].map(client => client.entity<{ list: string[] }>('room/list'));
    const seen: boolean[] = [];
    function Tools() {
      const { undo, canUndo } = useUndo('room/list');
      seen.push(canUndo);
      return <button type="button" onClick={undo} />;
    }
    theirs?.set({ list: ['a'] });
    const shown = sea.show(<Tools />);
    await sea.quiet();
    act(() => void mine?.update(({ list }) => list.push('b')));
    await sea.quiet();
    act(() => void theirs?.patch([{ op: 'remove', path: '/list/1' }]));
    await sea.quiet();

    act(() => shown.getByRole('button').click());

    expect(seen).toEqual([false, true, false]);
  });

  it('keep state that never leaves the device', async () => {
    const sea = createSea();
    sea.ada.local('ui', { initial: { theme: 'dark', open: 1 } });
    const seen: unknown[] = [];
    function Probe() {
      const { value, update } = useLocal('ui', (ui: { theme: string; open: number }) => ui.theme);
      seen.push(value);
      return <button type="button" onClick={() => update(ui => ({ ...ui, theme: 'light' }))} />;
    }

    const shown = sea.show(<Probe />);
    await sea.quiet();
    act(() => void sea.ada.local<{ open: number }>('ui').update(ui => void Object.assign(ui, { open: 2 })));
    act(() => shown.getByRole('button').click());

    expect(seen).toEqual(['dark', 'light']);
    expect(sea.server.heard.filter(({ t }) => t === 'mutate')).toEqual([]);
  });
});
