import { isObject, type Json } from './json.js';

/** Shorter arrays are searched: faster than keeping an index. */
const WORTH_AN_INDEX = 32;

type Index = Map<string, number>;

/** Where keys stand, per array and per member that is the key. Versions of an array share it while no key has moved. */
const indexes = new WeakMap<readonly Json[], Map<string, Index>>();

/** The text by which `key=text` names the item: its member's string, or the JSON of a number or boolean. */
export function keyText(item: Json | undefined, key: string): string | undefined {
  if (!isObject(item as Json) || !Object.hasOwn(item as object, key)) return undefined;
  const member = (item as { readonly [key: string]: Json })[key];
  if (typeof member === 'string') return member;
  return typeof member === 'number' || typeof member === 'boolean' ? String(member) : undefined;
}

/** Where the first element stands whose `key` has that text; -1 if there is none. */
export function keyedIndex(array: readonly Json[], key: string, text: string): number {
  const search = () => array.findIndex(item => keyText(item, key) === text);
  if (array.length < WORTH_AN_INDEX) return search();
  const found = indexOf(array, key).get(text) ?? -1;
  // A sibling version may have appended to the index we share.
  return found < 0 || keyText(array[found], key) === text ? found : search();
}

function indexOf(array: readonly Json[], key: string): Index {
  const known = indexes.get(array) ?? new Map<string, Index>();
  indexes.set(array, known);
  const index = known.get(key) ?? new Map<string, number>();
  if (known.has(key)) return index;
  for (let i = array.length - 1; i >= 0; i -= 1) {
    const text = keyText(array[i], key);
    if (text !== undefined) index.set(text, i);
  }
  known.set(key, index);
  return index;
}

/** The array with another element at `at`, which may be its end. */
export function withElement(array: readonly Json[], at: number, item: Json): readonly Json[] {
  const next = at === array.length ? [...array, item] : array.with(at, item);
  const known = indexes.get(array);
  if (
    known !== undefined &&
    [...known].every(([key, index]) => keeps(index, keyText(array[at], key), keyText(item, key), at))
  ) {
    indexes.set(next, known);
  }
  return next;
}

/** Whether the index is right for the next version too, with the new element's key in it. */
function keeps(index: Index, before: string | undefined, after: string | undefined, at: number): boolean {
  if (before === after) return true;
  if (before !== undefined || after === undefined) return false;
  const found = index.get(after) ?? at;
  index.set(after, found);
  return found === at;
}
