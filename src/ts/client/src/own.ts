import { isArray, type Json, type JsonObject, setMember } from './json.js';
import { elementSet, forgetIndex } from './keyed.js';

/**
 * While many patches are applied one after the other, the containers made on the way are nobody else's yet, and changed in
 * place: a thousand patches to one large object copy it once. What a failing patch did is taken back.
 */
let own: Set<object> | undefined;
let taken: (() => void)[] = [];

/** Runs the steps on their common way; false for those that threw and left no trace. */
export function together(steps: readonly (() => void)[]): readonly boolean[] {
  own = new Set();
  try {
    return steps.map(step => {
      taken = [];
      try {
        step();
        return true;
      } catch {
        for (const back of taken.reverse()) back();
        return false;
      }
    });
  } finally {
    own = undefined;
  }
}

/** The containers are seen in two places from now on. */
export function share(): void {
  own?.clear();
}

function mine<T extends object>(container: T): T {
  if (own?.has(container)) return container;
  const made = (isArray(container) ? [...container] : { ...container }) as T;
  own?.add(made);
  return made;
}

export function withMember(object: JsonObject, key: string, value: Json): JsonObject {
  const next = mine(object);
  const before = Object.getOwnPropertyDescriptor(next, key);
  if (next === object)
    taken.push(() => void (before ? Object.defineProperty(next, key, before) : Reflect.deleteProperty(next, key)));
  return setMember(next, key, value);
}

export function withoutMember(object: JsonObject, key: string): JsonObject {
  const next = mine(object);
  const before = next[key] as Json;
  if (next === object) taken.push(() => void setMember(next, key, before));
  Reflect.deleteProperty(next, key);
  return next;
}

/** The array with another element at `at`, which may be its end. */
export function withElement(array: readonly Json[], at: number, item: Json): readonly Json[] {
  const next = mine(array as Json[]);
  const { length, [at]: before } = array;
  elementSet(array, next, at, item);
  next[at] = item;
  if (next === array) {
    taken.push(() => {
      forgetIndex(next);
      next[at] = before as Json;
      next.length = length;
    });
  }
  return next;
}

export function spliced(array: readonly Json[], at: number, count: number, ...items: readonly Json[]): readonly Json[] {
  const next = mine(array as Json[]);
  forgetIndex(next);
  const removed = next.splice(at, count, ...items);
  if (next === array) {
    taken.push(() => {
      forgetIndex(next);
      next.splice(at, items.length, ...removed);
    });
  }
  return next;
}
