import { HoldfastError } from './errors.js';
import { isArray, isObject, type Json } from './json.js';
import { keyedIndex, keyText } from './keyed.js';

const INDEX = /^(?:0|[1-9][0-9]{0,8})$/;

/** The unescaped tokens of an RFC 6901 pointer; the empty pointer has none. */
export function parsePointer(pointer: string): readonly string[] {
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) {
    throw new HoldfastError('bad-patch', `${pointer}: (expected: a pointer)`, pointer);
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

/** An array index: decimal digits without leading zero; -1 for any other token. */
export function plainIndex(token: string): number {
  return INDEX.test(token) ? Number(token) : -1;
}

export function isKeyed(token: string): boolean {
  return token.includes('=');
}

/** `key=value` taken apart at the first `=`. */
function partsOf(token: string): readonly [key: string, text: string] {
  const split = token.indexOf('=');
  return [token.slice(0, split), token.slice(split + 1)];
}

/** Which element the token names: by index, or as `key=value` the first object whose member has that value; -1 if none. */
export function indexIn(array: readonly Json[], token: string): number {
  if (isKeyed(token)) return keyedIndex(array, ...partsOf(token));
  const index = plainIndex(token);
  return index < array.length ? index : -1;
}

/** Whether `key=value` names the item. */
export function isNamed(item: Json, token: string): boolean {
  const [key, text] = partsOf(token);
  return keyText(item, key) === text;
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
