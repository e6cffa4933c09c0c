import { between } from './diff.js';
import type { Json } from './json.js';
import { keyText } from './keyed.js';
import { obtain } from './obtain.js';
import { applyPatches } from './patch.js';

/**
 * The elements as they are wanted, among what others have made of them meanwhile: in the wanted order, with what others have changed
 * in them, without those they took out, and with those they put in behind the ones they follow. Undefined if they cannot all be told apart.
 */
export function asTheyStand(
  was: readonly Json[],
  wanted: readonly Json[],
  there: readonly Json[],
  key: string,
): readonly Json[] | undefined {
  const [before, now, ours] = [was, there, wanted].map(items => new Map(items.map(item => [keyText(item, key), item])));
  if (before?.size !== was.length || now?.size !== there.length || ours?.size !== wanted.length) return undefined;
  if ([before, now, ours].some(all => all.has(undefined))) return undefined;
  const followers = new Map<string | undefined, Json[]>();
  let last: string | undefined;
  for (const [name, item] of now) {
    // Whatever follows an element that is not wanted follows the one before it.
    if (before.has(name)) last = ours.has(name) ? name : last;
    else if (!ours.has(name)) obtain(followers, last, () => []).push(item);
  }
  const result = [...(followers.get(undefined) ?? [])];
  for (const [name, item] of ours) {
    const [mine, theirs] = [before.get(name), now.get(name)];
    if (theirs === undefined) {
      if (mine === undefined) result.push(item);
    } else if (mine === undefined) result.push(theirs);
    else result.push(applyPatches(theirs, [between(mine, item, {}, theirs)])[0]);
    for (const follower of followers.get(name) ?? []) result.push(follower);
  }
  return result;
}
