import { asTheyStand } from './as-they-stand.js';
import { type Comparison, raw } from './diff.js';
import { origin } from './draft.js';
import { isArray, isObject, type Json } from './json.js';
import { keyedIndex, keyText } from './keyed.js';
import { escapeToken, valueAt } from './pointer.js';
import { equal } from './reconcile.js';

/** Beyond that many steps an array is replaced as a whole. */
const MOST_STEPS = 4000;

type Identity = unknown;

/** How elements of one array are told apart and named. */
interface Naming {
  /** What stays the same when the element is changed or moved: its key, or the object it began as; undefined: nothing. */
  identity(item: unknown): Identity;
  /** `key=text`, if the key is its own. */
  keyed(item: unknown): string | undefined;
  same(item: unknown, other: unknown): boolean;
  /** `key=text`, if it names the element at that place of the array as it was. */
  token(at: number): string | undefined;
  isNew(item: unknown): boolean;
}

/**
 * First what changed inside elements, named as they were; then what left; then what moved or came, each put behind the one it
 * follows. Of the elements that stay, as few as possible move.
 */
export function compareArrays(
  to: Comparison,
  was: readonly Json[],
  list: readonly unknown[],
  path: string,
  key: string | undefined,
): void {
  const is = Array.from(list, item => (item === undefined ? null : item));
  const names = namesOf(was, key);
  const [start, end] = trimmed(was, is, names.same);
  const tail = was.length - end;
  // Places in the array as it was may be other ones by now.
  const standing = to.now === undefined ? undefined : valueAt(to.now, path);
  const found = key === undefined && to.now !== undefined ? driftOf(was, is, standing, start, end) : 0;
  if (found === undefined) return;
  const drift: number = found;
  const there = key === undefined ? undefined : standing;
  const others = isArray(there) ? there.length - was.length : 0;
  /** Others have taken it out meanwhile. */
  const isGone = (place: number) => {
    const token = names.token(place);
    return isArray(there) && token !== undefined && valueAt(there, `/${token}`) === undefined;
  };
  /** Others have put it back themselves. */
  const isBack = (item: unknown) => {
    const token = names.keyed(item);
    return isArray(there) && token !== undefined && names.isNew(item) && valueAt(there, `/${token}`) !== undefined;
  };
  const first = to.ops.length;
  for (let i = 0; i < start; i += 1) inside(i, is[i]);
  for (let i = 1; i <= tail; i += 1) inside(was.length - i, is[is.length - i]);
  const [olds, news] = [was.slice(start, end), is.slice(start, is.length - tail)];
  if (olds.length + news.length === 0) return;
  const places = placesOf(olds, news, names);
  if (places === undefined) positional();
  else {
    for (const item of news) {
      const place = places.get(names.identity(item));
      if (place !== undefined) inside(start + place, item);
    }
    rearrange(places);
  }
  if (to.ops.length - first > MOST_STEPS) replace();

  /** As a whole; false if that would take away what others have done. */
  function replace(): boolean {
    const whole = () => (isArray(there) ? asTheyStand(was, is.map(raw), there, key as string) : undefined);
    const value = to.now === undefined || equal(standing ?? null, was) ? (is as Json) : whole();
    if (value !== undefined) to.ops.splice(first, to.ops.length, { op: 'replace', path, value });
    return value !== undefined;
  }

  function inside(at: number, item: unknown): void {
    if (was[at] !== item && !isGone(at)) to.compare(was[at] as Json, item, `${path}/${names.token(at) ?? at + drift}`);
  }

  function at(index: number, length?: number): string {
    const isEnd = tail === 0 && index === length;
    const isBeyond = length !== undefined && isArray(there) && index >= length + tail + others;
    return `${path}/${isEnd || isBeyond ? '-' : start + drift + index}`;
  }

  /** Elements without identity can only be told by where they stand. */
  function positional(): void {
    const both = Math.min(olds.length, news.length);
    for (let i = 0; i < both; i += 1)
      if (isMine(olds[i] as Json, news[i], at(i))) to.compare(olds[i] as Json, news[i], at(i));
    for (let i = olds.length - 1; i >= both; i -= 1) to.ops.push({ op: 'remove', path: at(i) });
    for (let i = both; i < news.length; i += 1) to.ops.push({ op: 'add', path: at(i, i), value: raw(news[i]) });
  }

  /** Whether what I have changed in the element is still in what stands there: else it is another one. */
  function isMine(old: Json, item: unknown, place: string): boolean {
    const found = to.now === undefined ? old : valueAt(to.now, place);
    const given = raw(item);
    if (!isObject(old) || !isObject(given) || !isObject(found)) return true;
    return Object.keys(old).every(name => old[name] === given[name] || equal(found[name] ?? null, old[name] as Json));
  }

  function rearrange(places: ReadonlyMap<Identity, number>): void {
    const wanted = news.map(names.identity);
    const kept = new Set(wanted);
    const now: Identity[] = [...places.keys()];
    const named = (identity: Identity) => {
      const token = names.token(start + (places.get(identity) as number));
      return token === undefined ? at(now.indexOf(identity)) : `${path}/${token}`;
    };
    const resting = longestRun(wanted.flatMap(identity => places.get(identity) ?? []));
    // Known before it is done, for it takes as long as all the others look for their places.
    const removed = now.filter(identity => !kept.has(identity)).length;
    if (removed + wanted.length - resting.size > MOST_STEPS && replace()) return;
    for (const identity of places.keys()) {
      if (kept.has(identity)) continue;
      if (!isGone(start + (places.get(identity) as number))) to.ops.push({ op: 'remove', path: named(identity) });
      now.splice(now.indexOf(identity), 1);
    }
    wanted.forEach((identity, i) => {
      const place = places.get(identity);
      if (place !== undefined && resting.has(place)) return;
      const from = place === undefined ? '' : named(identity);
      if (place !== undefined) now.splice(now.indexOf(identity), 1);
      const index = i === 0 ? 0 : now.indexOf(wanted[i - 1]) + 1;
      const target = at(index, now.length);
      now.splice(index, 0, identity);
      if (place !== undefined && isGone(start + place)) return;
      if (place !== undefined) to.ops.push({ op: 'move', from, path: target });
      else if (!isBack(news[i])) to.ops.push({ op: 'add', path: appended(news[i], target), value: raw(news[i]) });
    });
  }

  /** At the end, an element with a key of its own is put by its key: doing that twice would be doing it once. */
  function appended(item: unknown, target: string): string {
    const token = names.keyed(item);
    return target.endsWith('/-') && token !== undefined && names.isNew(item) ? `${path}/${token}` : target;
  }
}

function namesOf(was: readonly Json[], key: string | undefined): Naming {
  const text = (item: unknown) => (key === undefined ? undefined : keyText(raw(item), key));
  const keyed = (item: unknown) => (text(item) === undefined ? undefined : escapeToken(`${key}=${text(item)}`));
  const find = (item: unknown) => {
    const name = text(item);
    return name === undefined ? -1 : keyedIndex(was, key as string, name);
  };
  const identity = (item: unknown) =>
    text(item) ?? (typeof item === 'object' && item !== null ? origin(item) : undefined);
  return {
    ...{ keyed, identity },
    same: (item, other) => item === other || (identity(item) !== undefined && identity(item) === identity(other)),
    token: at => (find(was[at]) === at ? keyed(was[at]) : undefined),
    isNew: item => find(item) < 0,
  };
}

/** Where the arrays begin and cease to differ, in places of the old one. */
function trimmed<T>(
  was: readonly Json[],
  is: readonly T[],
  same: (a: Json, b: T) => boolean,
): readonly [start: number, end: number] {
  const least = Math.min(was.length, is.length);
  let start = 0;
  while (start < least && same(was[start] as Json, is[start] as T)) start += 1;
  let tail = 0;
  while (tail < least - start && same(was.at(-1 - tail) as Json, is.at(-1 - tail) as T)) tail += 1;
  return [start, was.length - tail];
}

/**
 * How far the places from `start` to `end` have moved in the array as others have left it; undefined if nobody can tell. Objects
 * may have been changed where they stand.
 */
function driftOf(
  was: readonly Json[],
  is: readonly unknown[],
  now: unknown,
  start: number,
  end: number,
): number | undefined {
  if (!isArray(now)) return undefined;
  const [differ, again] = trimmed(was, now, equal);
  const unmoved = was.length === now.length && is.length === now.length && now.slice(start, end).every(isObject);
  if (end <= differ || unmoved) return 0;
  return start >= again ? now.length - was.length : undefined;
}

/** Where each element stood; undefined if some cannot be told apart, or none is left. */
function placesOf(
  olds: readonly Json[],
  news: readonly unknown[],
  { identity }: Naming,
): ReadonlyMap<Identity, number> | undefined {
  const places = new Map(olds.map((item, i) => [identity(item), i]));
  const wanted = new Set(news.map(identity));
  const clear =
    places.size === olds.length && wanted.size === news.length && !places.has(undefined) && !wanted.has(undefined);
  const related =
    [...wanted].some(one => typeof one === 'string' || places.has(one)) || news.length === 0 || olds.length === 0;
  return clear && related ? places : undefined;
}

/** The members of a longest increasing run through the numbers (patience sorting). */
function longestRun(numbers: readonly number[]): ReadonlySet<number> {
  const tops: number[] = [];
  const below = new Map<number, number | undefined>();
  for (const n of numbers) {
    let [pile, end] = [0, tops.length];
    while (pile < end) {
      const middle = (pile + end) >> 1;
      if ((tops[middle] as number) < n) pile = middle + 1;
      else end = middle;
    }
    below.set(n, tops[pile - 1]);
    tops[pile] = n;
  }
  const run = new Set<number>();
  for (let n = tops.at(-1); n !== undefined; n = below.get(n)) run.add(n);
  return run;
}
