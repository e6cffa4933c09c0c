// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Board, remove, rewrite, type Todo } from '../src/board';
import { Page } from '../src/page';
import { BOARD } from '../src/which';
import { createScene } from './scene';

afterEach(cleanup);

const todo = (id: string, more: Partial<Todo> = {}): Todo => ({
  id,
  text: `text ${id}`,
  done: false,
  rank: id,
  ...more,
});
const press = (name: string, at = 0) => fireEvent.click(screen.getAllByRole('button', { name })[at] as HTMLElement);
const slips = () => [...document.querySelectorAll('.slip q')].map(text => text.textContent);

describe('whoever is beside me', () => {
  it('connects when first shown, and is never switched off or on by that', async () => {
    const { ada, bo, show, quiet } = createScene([]);
    const [pause, resume] = [vi.spyOn(bo, 'pause'), vi.spyOn(bo, 'resume')];
    const other = vi.fn(() => bo);

    await show(<Page mine={ada} other={other} alone />);
    expect(other).not.toHaveBeenCalled();
    press('Somebody beside me');
    await quiet();
    expect(screen.getByRole('region', { name: 'The board, as Bo sees it' })).toBeTruthy();
    press('Only me');

    expect([pause, resume].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
  });

  it('gets texts back that were refused while nobody looked', async () => {
    const { ada, bo, show, quiet } = createScene([todo('a')]);
    await show(<Page mine={ada} other={() => bo} alone={false} />);
    bo.pause();
    await quiet();
    bo.entity<Board>(BOARD).update(board => rewrite(board, 'a', 'mine'));
    ada.entity<Board>(BOARD).update(board => remove(board, 'a'));
    press('Only me');
    bo.resume();
    await quiet();

    press('Somebody beside me');

    expect(slips()).toEqual(['mine']);
  });
});

describe('what was refused', () => {
  it('is given back however much it is, the newest on top', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const { ada, bo, show, apart } = createScene(ids.map(id => todo(id)));
    await show(<Page mine={ada} other={() => bo} alone />);

    await apart(() => {
      for (const id of ids) ada.entity<Board>(BOARD).update(board => rewrite(board, id, `mine ${id}`));
      bo.entity<Board>(BOARD).set({ title: 'Sails', todos: [] });
    });

    expect(slips()).toEqual(ids.map(id => `mine ${id}`).reverse());
  });

  const dated = { op: 'test', path: '/title', value: 7 } as const;

  it('goes back into its list', async () => {
    const { ada, bo, show, board, quiet } = createScene([]);
    await show(<Page mine={ada} other={() => bo} alone />);
    ada.entity(BOARD).patch([{ op: 'add', path: '/todos/-', value: todo('a', { list: 'later' }) }, dated]);
    await quiet();

    press('Put it back');
    await quiet();

    expect(board().todos).toMatchObject([{ text: 'text a', list: 'later' }]);
    expect(slips()).toEqual([]);
  });

  it('goes back into its to-do, if that is still there', async () => {
    const { ada, bo, show, board, quiet } = createScene([todo('a')]);
    await show(<Page mine={ada} other={() => bo} alone />);
    ada.entity(BOARD).patch([{ op: 'replace', path: '/todos/id=a/text', value: 'mine' }, dated]);
    await quiet();

    press('Put it back');
    await quiet();

    expect(board().todos).toEqual([todo('a', { text: 'mine' })]);
  });
});

describe('a board that the server has closed', () => {
  it('is still shown, with the reason, and can be asked for again', async () => {
    const { ada, bo, show, server, quiet } = createScene([todo('a')]);
    await show(<Page mine={ada} other={() => bo} alone />);

    server.babble(JSON.stringify({ t: 'closed', entity: BOARD, code: 'forbidden', detail: 'read: not for you' }));
    await quiet();
    expect(screen.getByRole('alert').textContent).toContain('read: not for you');
    expect(screen.getByDisplayValue('text a')).toBeTruthy();
    press('Ask again');
    await quiet();

    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('whoever deletes by keyboard', () => {
  it('stays at it, and is where new ones are added after the last', async () => {
    const { ada, bo, show } = createScene([todo('a', { list: 'next' }), todo('b', { list: 'next' })]);
    await show(<Page mine={ada} other={() => bo} alone />);

    press('Delete “text a”');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Delete “text b”');
    press('Delete “text b”');

    expect(document.activeElement?.getAttribute('aria-label')).toBe('New to-do: Next');
  });

  it('who does it by touch gets no keyboard onto the screen', async () => {
    const { ada, bo, show } = createScene([todo('a')]);
    await show(<Page mine={ada} other={() => bo} alone />);

    fireEvent.click(screen.getByRole('button', { name: 'Delete “text a”' }), { detail: 1 });

    expect(document.activeElement?.tagName).not.toBe('INPUT');
  });
});

it('a to-do can be added where there is no crypto.randomUUID, as on an address without https', async () => {
  const { ada, bo, show, board, quiet } = createScene([]);
  vi.spyOn(crypto, 'randomUUID').mockImplementation(() => {
    throw new TypeError('crypto.randomUUID is not a function');
  });
  await show(<Page mine={ada} other={() => bo} alone />);

  const field = screen.getByLabelText('New to-do: Now');
  fireEvent.change(field, { target: { value: 'rope' } });
  fireEvent.submit(field);
  press('Break a rule.');
  await quiet();

  expect(board().todos[0]).toMatchObject({ id: expect.stringMatching(/^.{16,64}$/), text: 'rope' });
  vi.restoreAllMocks();
});
