import { isArray, isObject, type Json, type JsonObject, setMember } from './json.js';

/** Whether two values are the same JSON: numbers by value, objects whatever the order of their members. */
export function equal(a: Json, b: Json): boolean {
  return reconcile(a, b) === a;
}

/** `next`, in which every part that equals its counterpart in `before` is that very part: so `===` tells what has changed. */
export function reconcile(before: Json, next: Json): Json {
  if (before === next) return before;
  if (isArray(before) && isArray(next)) return reconcileArrays(before, next);
  if (isObject(before) && isObject(next)) return reconcileObjects(before, next);
  return next;
}

function reconcileObjects(before: JsonObject, next: JsonObject): Json {
  const names = Object.keys(next);
  let same = names.length === Object.keys(before).length;
  let result = next;
  for (const name of names) {
    const was = Object.hasOwn(before, name) ? before[name] : undefined;
    const is = next[name] as Json;
    const kept = was === undefined ? is : reconcile(was, is);
    same &&= kept === was;
    if (kept === is) continue;
    if (result === next) result = { ...next };
    setMember(result, name, kept);
  }
  return same ? before : result;
}

/** Elements are compared from both ends, so that one inserted or removed in between costs no comparison of the others. */
function reconcileArrays(before: readonly Json[], next: readonly Json[]): Json {
  const [least, shift] = [Math.min(before.length, next.length), before.length - next.length];
  let result: Json[] | undefined;
  const keep = (was: number, is: number) => {
    const old = before[was] as Json;
    const kept = reconcile(old, next[is] as Json);
    if (kept !== next[is]) {
      result ??= [...next];
      result[is] = kept;
    }
    return kept === old;
  };
  let start = 0;
  while (start < least && keep(start, start)) start += 1;
  let end = next.length;
  while (end > start && end + shift > start && keep(end - 1 + shift, end - 1)) end -= 1;
  if (shift === 0) {
    if (start === next.length) return before;
    for (let i = start + 1; i < end - 1; i += 1) keep(i, i);
  }
  return result ?? next;
}
