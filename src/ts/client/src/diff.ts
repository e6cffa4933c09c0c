import type { Keys } from './api.js';
import { compareArrays } from './array-diff.js';
import { latest, origin } from './draft.js';
import { isArray, isObject, type Json, type JsonObject } from './json.js';
import type { Op } from './patch.js';
import { escapeToken, valueAt } from './pointer.js';
import { equal } from './reconcile.js';

/** What a comparison writes to, and how it goes on below. */
export interface Comparison {
  readonly ops: Op[];
  /** What the ops will be applied to, if that is not the value they lead from. */
  readonly now: Json | undefined;
  compare(was: Json, value: unknown, path: string): void;
}

/**
 * The ops that lead from one value to the other, which may be a draft or hold drafts. Parts that are the same object are not
 * looked into, so the cost is that of what was touched. Elements of arrays with a key are named by it. An object that a recipe put
 * in another's place goes as a whole if that is shorter; without drafts nobody knows that it was put there, and as a whole it would
 * take away what others have added meanwhile. Without drafts, `now` is what the ops will be applied to.
 */
export function between(before: Json, after: unknown, keys: Keys, now?: Json): readonly Op[] {
  const ops: Op[] = [];
  function compare(was: Json, value: unknown, path: string): void {
    const is = raw(value);
    if (was === is) return;
    if (isArray(was) && isArray(is)) compareArrays(comparison, was, is, path, keyAt(keys, path));
    else if (isObject(was) && isObject(is))
      compareObjects(comparison, was, is, path, now === undefined && origin(value) !== was);
    // What others have put there since is theirs.
    else if (now === undefined || isStill(valueAt(now, path), was)) ops.push({ op: 'replace', path, value: is });
  }

  const comparison: Comparison = { ops, now, compare };
  compare(before, after, '');
  return ops;
}

/** The value as JSON would have it, one level deep. */
export function raw(value: unknown): Json {
  const under = latest(value) as { readonly toJSON?: unknown } | null | undefined;
  return (typeof under?.toJSON === 'function' && !Array.isArray(under) ? under.toJSON() : under) as Json;
}

/** Whether that is what stands there, and nobody has put anything else in its place. */
function isStill(found: Json | undefined, was: Json): boolean {
  return found !== undefined && equal(found, was);
}

/** Whether JSON has anything for it. */
function exists(value: unknown): boolean {
  return value !== undefined && typeof value !== 'function' && typeof value !== 'symbol';
}

function compareObjects(to: Comparison, was: JsonObject, is: JsonObject, path: string, another: boolean): void {
  const start = to.ops.length;
  const at = (name: string) => `${path}/${escapeToken(name)}`;
  const there = to.now === undefined ? undefined : (valueAt(to.now, path) ?? null);
  const found = (name: string) => (isObject(there) && Object.hasOwn(there, name) ? there[name] : undefined);
  const mayRemove = (name: string) =>
    there === undefined || isArray(found(name)) || isObject(found(name)) || isStill(found(name), was[name] as Json);
  const mayAdd = (name: string) => there === undefined || found(name) === undefined;
  const has = (name: string) => Object.hasOwn(is, name) && exists(is[name]);
  for (const name of Object.keys(was)) if (!has(name) && mayRemove(name)) to.ops.push({ op: 'remove', path: at(name) });
  for (const name of Object.keys(is)) {
    if (was[name] === is[name] || !has(name)) continue;
    if (Object.hasOwn(was, name)) to.compare(was[name] as Json, is[name], at(name));
    else if (mayAdd(name)) to.ops.push({ op: 'add', path: at(name), value: raw(is[name]) });
  }
  if (another && to.ops.length - start > Object.keys(was).length) {
    to.ops.splice(start, to.ops.length, { op: 'replace', path, value: is });
  }
}

/** The member that names the elements of the array at the path; `*` in a kind's `keys` stands for any one token. */
function keyAt(keys: Keys, path: string): string | undefined {
  const tokens = path.split('/');
  const fits = (pattern: readonly string[]) =>
    pattern.length === tokens.length && pattern.every((token, i) => token === '*' || token === tokens[i]);
  return Object.keys(keys)
    .sort()
    .filter(pattern => fits(pattern.split('/')))
    .map(pattern => keys[pattern])[0];
}
