import { isObject, type Json } from './json.js';

/** So many elements at the front are looked through before an index is made. */
const PROBED = 32;

interface Index {
  readonly key: string;
  readonly places: Map<string, number>;
}

/** Where keys stand. Versions of an array share an index while no key in it has moved. */
const indexes = new WeakMap<readonly Json[], Index>();
/** How often something was looked for in an array without an index, which pays only if that is often. */
const asked = new WeakMap<readonly Json[], number>();
const MOST_SEARCHES = 8;

/** The text by which `key=text` names the item: its member's string, or the JSON of a number or boolean. */
export function keyText(item: Json | undefined, key: string): string | undefined {
  if (!isObject(item as Json) || !Object.hasOwn(item as object, key)) return undefined;
  const member = (item as { readonly [key: string]: Json })[key];
  if (typeof member === 'string') return member;
  return typeof member === 'number' || typeof member === 'boolean' ? String(member) : undefined;
}

/** Where the first element stands whose `key` has that text; -1 if there is none. */
export function keyedIndex(array: readonly Json[], key: string, text: string): number {
  const search = (until: number) => array.slice(0, until).findIndex(item => keyText(item, key) === text);
  const near = search(PROBED);
  if (near >= 0 || array.length <= PROBED) return near;
  const times = asked.get(array) ?? 0;
  if (!indexes.has(array) && times < MOST_SEARCHES) {
    asked.set(array, times + 1);
    return array.findIndex(item => keyText(item, key) === text);
  }
  const found = placesIn(array, key).get(text) ?? -1;
  // A sibling version may have appended to the index we share.
  return found < 0 || keyText(array[found], key) === text ? found : search(array.length);
}

function placesIn(array: readonly Json[], key: string): Index['places'] {
  const known = indexes.get(array);
  if (known?.key === key) return known.places;
  const places = new Map<string, number>();
  for (let i = array.length - 1; i >= 0; i -= 1) places.set(keyText(array[i], key) ?? '', i);
  indexes.set(array, { key, places });
  return places;
}

/** The index of an array that is about to be changed in place is worth nothing any more. */
export function forgetIndex(array: readonly Json[]): void {
  indexes.delete(array);
  asked.delete(array);
}

/** Hands the index on to the next version of the array, or to itself, with another element at `at`, if it is right for that too. */
export function elementSet(array: readonly Json[], next: readonly Json[], at: number, item: Json): void {
  const index = indexes.get(array);
  if (index === undefined) return void (asked.has(array) && asked.set(next, asked.get(array) as number));
  const { key, places } = index;
  const [before, after] = [keyText(array[at], key), keyText(item, key) ?? ''];
  if (at === array.length && !places.has(after)) places.set(after, at);
  if (at === array.length ? places.get(after) === at : (before ?? '') === after) indexes.set(next, index);
  else indexes.delete(next);
}
