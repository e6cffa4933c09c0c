import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/json.js';
import { definitionIn, type KindDefinition, moduleOf } from '../module.js';
import { complaintsAbout } from './compile.js';
import { MAD, NASTY, type Nasty } from './nasty.js';

const CONF = resolve(import.meta.dirname, '../../../../../conf/kinds');
const SHIPPED = readdirSync(CONF).map(
  file => definitionIn(JSON.parse(readFileSync(join(CONF, file), 'utf8'))) as KindDefinition,
);
const DOCUMENTS = `import type { Json } from '../../src/json.js';
export const documents: readonly Json[] = [] as readonly Kinds[keyof Kinds][];
`;

/** Statements that tsc takes only if the type admits every `yes` and refuses every `no`. */
function statements({ kind, yes, no, alsoNo = [] }: Omit<Nasty, 'schema'>): string {
  const line = (value: Json) => `take<Kinds['${kind}']>(${tsLiteral(value)});\n`;
  return yes.map(line).join('') + [...no, ...alsoNo].map(value => `// @ts-expect-error\n${line(value)}`).join('');
}

/** JSON on one line, with `__proto__` as an own member. */
function tsLiteral(value: Json): string {
  return JSON.stringify(value).replaceAll('"__proto__":', '["__proto__"]:').replaceAll('\u2028', '\\u2028');
}

function samples(all: readonly Omit<Nasty, 'schema'>[]): string {
  return `import type { Kinds } from './kinds.js';\n${DOCUMENTS}declare function take<const T>(value: T): void;\n${all.map(statements).join('')}`;
}

describe('the types of the kinds that ship', () => {
  const good = { id: '1', text: 'rope', done: false };
  const todos = [
    { kind: 'app', yes: [{}, { anything: [1] }], no: [1, []] },
    {
      kind: 'auth',
      yes: [{}, { roles: ['admin'], revokedBefore: null }],
      no: [{ roles: [1] }, { revokedBefore: 1 }, { extra: 1 }],
    },
    {
      kind: 'board',
      yes: [{ title: '', todos: [good] }],
      no: [{ title: '' }, { title: '', todos: [{ id: '1' }] }, { title: 1, todos: [] }],
    },
    { kind: 'dataset', yes: [[], {}], no: ['x', null] },
    {
      kind: 'notifications',
      yes: [{ items: [{ id: '1', title: 'x', read: true }] }],
      no: [{}, { items: [{ id: '1' }] }],
    },
    {
      kind: 'rates',
      yes: [{ base: 'EUR', rates: { USD: 1.1 } }],
      no: [{ base: 'EUR' }, { base: 'EUR', rates: { USD: '1.1' } }],
    },
    {
      kind: 'room',
      yes: [{ topic: 'x' }, { topic: 'x', todos: [{ id: '1' }], members: { ada: true } }],
      no: [{}, { topic: 1 }, { topic: 'x', todos: [1] }],
    },
    { kind: 'ui', yes: [{ a: 1 }], no: [[]] },
    { kind: 'user', yes: [{}, { profile: { name: 'Ada' } }], no: [{ profile: { name: 1 } }, { profile: 1 }] },
  ];

  it('take what the schema takes and refuse what it refuses', async () => {
    expect(todos.map(({ kind }) => kind).sort()).toEqual(SHIPPED.map(({ kind }) => kind).sort());

    expect(
      agreement(SHIPPED.map(shipped => ({ ...shipped, ...todos.find(({ kind }) => kind === shipped.kind) }) as Nasty)),
    ).toEqual([]);
    expect(await complaintsAbout({ 'kinds.ts': moduleOf(SHIPPED, 'conf'), 'samples.ts': samples(todos) })).toBe('');
  });

  it('are what the client reads and writes', async () => {
    const user = `import type { Holdfast } from '../../src/api.js';
import type { Kinds } from './kinds.js';
declare const hf: Holdfast;
const board = hf.entity<Kinds['board']>('board/welcome');
export const count: number | undefined = board.select(({ todos }) => todos.length).get();
export const first: string | undefined = board.get().value?.todos[0]?.text;
board.update(draft => { draft.title = 'x'; draft.todos.push({ id: '1', text: 'rope', done: false }); });
board.set({ title: '', todos: [] });
// @ts-expect-error
board.update(draft => { draft.title = 1; });
// @ts-expect-error
board.update(draft => { draft.todos.push({ id: '1' }); });
// @ts-expect-error
board.set({ title: '' });
`;

    expect(await complaintsAbout({ 'kinds.ts': moduleOf(SHIPPED, 'conf'), 'user.ts': user })).toBe('');
  });

  it('say what the kinds say', () => {
    const text = moduleOf(SHIPPED, 'conf');

    expect(text).toContain('/** a shared room: members, topic, todos */\nexport type Room = {\n');
    expect(text).toContain(
      '  /** tokens issued before this time no longer count */\n  readonly revokedBefore?: string | null;\n',
    );
    expect(text).toContain('  readonly room: Room;\n');
  });
});

/** Samples of which a JSON Schema validator thinks otherwise. */
function agreement(all: readonly Nasty[]): readonly unknown[] {
  return all.flatMap(({ kind, schema, yes, no }) => {
    const valid = new Ajv2020({ strict: false, validateFormats: false }).compile(schema as object | boolean);
    return [...yes.filter(value => !valid(value)), ...no.filter(value => valid(value))].map(value => [kind, value]);
  });
}

describe('the types of nasty schemas', () => {
  it('take what the schema takes and refuse what it refuses', async () => {
    expect(agreement(NASTY)).toEqual([]);
    expect(await complaintsAbout({ 'kinds.ts': moduleOf(NASTY, 'tests'), 'samples.ts': samples(NASTY) })).toBe('');
  });

  it('compile, and fit where any document fits, however mad the schema is', async () => {
    const user = `import type { Kinds } from './kinds.js';\n${DOCUMENTS}`;

    expect(await complaintsAbout({ 'kinds.ts': moduleOf(MAD, 'tests'), 'samples.ts': user })).toBe('');
  });

  it('are one line or many lines of code, never code of a comment', () => {
    const text = moduleOf(NASTY, 'tests');

    expect(text).toContain('/** *\\/ export type Evil = any; /* */\nexport type Hostile = {\n');
    expect(text).toContain('/** a node *\\/ of a tree */\nexport type TreeNode = {\n');
  });

  it('have names of their own, whatever the kinds are called', () => {
    const names = [...moduleOf([...NASTY, ...MAD], 'tests').matchAll(/^export type (\S+) =/gm)].map(([, name]) => name);

    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(['Json', 'Json2', 'Kinds', 'Kinds2', 'AB', 'AB2', 'TreeNode']));
  });
});
