import { expect, it } from 'vitest';
import { blocksIn, compiled } from './compiled.js';

const CLIENT = 'src/site/markdown/client.md';

/** What the examples take for granted: types and functions of the application's, and what earlier examples have made. */
const PRELUDE = `import { type Entity, type Holdfast, inc } from '@holdfast/client'
import { useConnection, useEntity, useLocal, usePending, usePresence, useUndo, useUpdate } from '@holdfast/react'
interface Room { readonly topic: string; readonly visits: number; readonly todos: readonly { id: string; text: string; done: boolean }[] }
interface Ui { readonly theme: string }
declare const hf: Holdfast
declare const room: Entity<Room>
declare const cursor: { readonly x: number; readonly y: number }
declare function fetchToken(): Promise<string>
declare function offerBack(text: string | undefined): void
export const used = [inc, useConnection, useEntity, useLocal, usePending, usePresence, useUndo, useUpdate, hf, room, cursor, fetchToken, offerBack] as const
export type Known = Room | Ui
`;

/** The package that Node before 22 needs, which has no types of its own. */
const WS =
  "declare module 'ws' { const Implementation: new (url: string, protocol: string) => import('@holdfast/client').Socket; export default Implementation }";

/** An example as a module: imports at the top, everything else as it stands in a function. */
function moduleOf(example: string): string {
  const lines = example.split('\n');
  const imports = lines.filter(line => line.startsWith('import '));
  const rest = lines.filter(line => !line.startsWith('import '));
  return [...imports, PRELUDE, 'export async function example() {', ...rest, '}', ''].join('\n');
}

it('the examples of the client’s documentation compile as they stand there', () => {
  const examples = [...blocksIn(CLIENT, 'ts'), ...blocksIn(CLIENT, 'tsx')];

  expect(examples.length).toBeGreaterThan(5);
  const modules = Object.fromEntries(examples.map((text, i) => [`example${i}.ts`, moduleOf(text)]));
  compiled('documents', { ...modules, 'ws.d.ts': WS });
}, 60_000);

it('an example that does not compile is noticed', () => {
  expect(() => compiled('misspelt', { 'example.ts': moduleOf('room.undoo()') })).toThrow(/undoo/);
}, 60_000);
