import type { HoldfastError, Op, PendingCommand, Refusal } from '@holdfast/client';
import { describe, expect, it } from 'vitest';
import { inks } from '../src/ink';
import { lostIn, reasonOf } from '../src/lost';
import { initials, LONGEST_NAME, personNamed, visitorsOf } from '../src/person';
import { moved } from '../src/writing';

const command = (state: PendingCommand['state'], ...ops: Op[]): PendingCommand => ({
  id: '1',
  entity: 'board/welcome',
  state,
  ops,
  at: 0,
});

const refusal = (ops: readonly Op[], code: string, detail = 'detail'): Refusal => ({
  id: '1',
  ops,
  error: { code, detail } as unknown as HoldfastError,
});

describe('what is pending', () => {
  it('is shown at its to-do, as far as the newest of its changes has come', () => {
    const states = inks([
      command('sent', { op: 'replace', path: '/todos/id=a/text', value: 'x' }),
      command('shown', { op: 'replace', path: '/todos/id=a/done', value: true }),
      command('durable', { op: 'add', path: '/todos/-', value: { id: 'b', text: '' } }),
      command('sent', { op: 'remove', path: '/todos/id=c~1~0' }),
      command('sent', { op: 'replace', path: '/title', value: 'x' }),
    ]);

    expect(Object.fromEntries(states)).toEqual({ a: 'shown', b: 'durable', 'c/~': 'sent', title: 'sent' });
  });
});

describe('what was refused', () => {
  it('keeps the text its author wrote', () => {
    const typed: Op = { op: 'replace', path: '/todos/id=a/text', value: 'words' };
    const added: Op = { op: 'add', path: '/todos/-', value: { id: 'b', text: 'more', done: false } };

    expect(lostIn(refusal([typed], 'no-such-path'))).toMatchObject({ about: 'a', text: 'words' });
    expect(lostIn(refusal([added], 'invalid'))).toMatchObject({ about: 'b', text: 'more' });
    expect(lostIn(refusal([{ op: 'replace', path: '/title', value: 'T' }], 'invalid'))).toMatchObject({
      about: 'title',
      text: 'T',
    });
    expect(lostIn(refusal([{ op: 'replace', path: '/todos/id=a/done', value: true }], 'x'))).not.toHaveProperty('text');
  });

  it('keeps the list it was put into', () => {
    const added = (list: string): Op => ({ op: 'add', path: '/todos/-', value: { id: 'b', text: 'more', list } });

    expect(lostIn(refusal([added('next')], 'invalid'))).toMatchObject({ list: 'next' });
    expect(lostIn(refusal([added('other')], 'invalid'))).not.toHaveProperty('list');
  });

  it('says why in plain words', () => {
    const gone = lostIn(refusal([{ op: 'replace', path: '/todos/id=a/text', value: 'x' }], 'no-such-path'));

    expect(reasonOf(gone, { title: '', todos: [] })).toBe(
      'Somebody deleted this to-do before your change came through.',
    );
    expect(reasonOf({ ...gone, code: 'invalid' }, null)).toBe('The rules of this board do not allow that: detail.');
    expect(reasonOf({ ...gone, code: 'forbidden' }, null)).toBe('That was refused: detail.');
  });
});

describe('a caret', () => {
  it('stays at its place in the text when somebody else changes it', () => {
    expect(moved(5, 'hello', 'well hello')).toBe(10);
    expect(moved(2, 'hello', 'hello there')).toBe(2);
    expect(moved(5, 'hello', 'help')).toBe(4);
    expect(moved(3, 'abcdef', 'f')).toBe(0);
  });
});

it('initials are one letter per name, two at most', () => {
  expect(['Ada', 'ada lovelace', 'Jean Luc Godard', ' ', 'Émile'].map(initials)).toEqual(['A', 'AL', 'JG', '?', 'É']);
});

it('a name is no longer than the field for it', () => {
  expect(personNamed('bo')).toEqual({ name: 'Bo', colour: 'rust' });
  expect([...personNamed('😀'.repeat(3000)).name]).toEqual(Array(LONGEST_NAME).fill('😀'));
});

it('whoever tells nonsense of themselves is not shown', () => {
  const present = (data: unknown) => ({ session: 's', client: 'c', by: 'x', data });
  const ada = { name: 'Ada', colour: 'teal' };

  expect(
    visitorsOf([5, 'x', null, [], {}, { name: 7, colour: 'teal' }, { ...ada, colour: 'url(x)' }].map(present)),
  ).toEqual([]);
  expect(
    visitorsOf(
      [
        { ...ada, at: 'a', caret: 2 },
        { ...ada, at: 5 },
      ].map(present),
    ),
  ).toEqual([
    { session: 's', ...ada, at: 'a', caret: 2 },
    { session: 's', ...ada },
  ]);
});
