import { isArray, isObject, type Json } from './json.js';
import { PatchError } from './patch-error.js';

const INDEX = /^(?:0|[1-9][0-9]*)$/;

/** The unescaped tokens of an RFC 6901 pointer; the empty pointer has none. */
export function parsePointer(pointer: string): readonly string[] {
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) {
    throw new PatchError('bad-patch', `pointer: ${pointer} (expected: "" or /token, ~ only as ~0 or ~1)`, pointer);
  }
  return pointer
    .slice(1)
    .split('/')
    .map(token => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** One token as it is written inside a pointer. */
export function escapeToken(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Where in the array the token points: an index, or `key=value` for the one element whose member has that value; -1 if nowhere. */
export function indexIn(array: readonly Json[], token: string): number {
  if (INDEX.test(token)) return Number(token) < array.length ? Number(token) : -1;
  const split = token.indexOf('=');
  if (split < 1) return -1;
  const [key, value] = [token.slice(0, split), token.slice(split + 1)];
  const names = (item: Json) => isObject(item) && Object.hasOwn(item, key) && named(item[key] as Json, value);
  const first = array.findIndex(names);
  return first >= 0 && array.findLastIndex(names) === first ? first : -1;
}

function named(member: Json, value: string): boolean {
  return member === value || (typeof member === 'number' && String(member) === value);
}

/** What the token names directly below the node, or undefined. */
export function childOf(node: Json, token: string): Json | undefined {
  if (isArray(node)) return node[indexIn(node, token)];
  return isObject(node) && Object.hasOwn(node, token) ? node[token] : undefined;
}

/** What stands at the pointer, or undefined. */
export function valueAt(document: Json, pointer: string): Json | undefined {
  let node: Json | undefined = document;
  for (const token of parsePointer(pointer)) {
    if (node === undefined) return undefined;
    node = childOf(node, token);
  }
  return node;
}
