import { HoldfastError } from './errors.js';
import type { ErrorCode } from './frames.js';
import { isArray, isObject, type Json, type JsonObject } from './json.js';
import { share, spliced, together, withElement, withMember, withoutMember } from './own.js';
import { childOf, indexIn, isKeyed, isNamed, parsePointer, plainIndex, valueAt } from './pointer.js';
import { equal } from './reconcile.js';

/** One edit: the six of RFC 6902, `inc` (number += n) and `merge` (RFC 7386 at a pointer). */
export type Op =
  | { readonly op: 'add' | 'replace' | 'test' | 'merge'; readonly path: string; readonly value: Json }
  | { readonly op: 'inc'; readonly path: string; readonly value: number }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move' | 'copy'; readonly from: string; readonly path: string };

/** The op that adds to a number: concurrent ones all count. */
export function inc(path: string, value = 1): Op {
  return { op: 'inc', path, value };
}

/** The document after every op in order; parts that did not change are the same objects as before. Throws HoldfastError. */
export function applyPatch(document: Json, ops: readonly Op[]): Json {
  return ops.reduce(applyOp, document);
}

/** The document after every patch in order that applies, and which ones do. */
export function applyPatches(
  document: Json,
  patches: readonly (readonly Op[])[],
): readonly [after: Json, applied: readonly boolean[]] {
  let after = document;
  const applied = together(
    patches.map(ops => () => {
      after = applyPatch(after, ops);
    }),
  );
  return [after, applied];
}

function applyOp(document: Json, op: Op): Json {
  const { path, from, value } = (op ?? {}) as {
    readonly path?: unknown;
    readonly from?: unknown;
    readonly value?: Json;
  };
  if (typeof path !== 'string') refuse('bad-patch', '', 'a path');
  const given = () => value ?? (value === null ? null : refuse('bad-patch', path, 'a value'));
  const source = () => (typeof from === 'string' ? from : refuse('bad-patch', path, 'from'));
  switch (op.op) {
    case 'add':
      return add(document, path, given());
    case 'remove':
      return remove(document, path);
    case 'replace':
      return change(document, path, given);
    case 'test':
      return equal(valueAt(document, path) as Json, given())
        ? document
        : refuse('test-failed', path, JSON.stringify(value));
    case 'inc':
      return change(document, path, now => sum(now, given(), path));
    case 'merge':
      return mergeAt(document, path, given());
    case 'copy':
      share();
      return add(document, path, read(document, source()));
    case 'move':
      return move(document, source(), path);
    default:
      return refuse('bad-patch', path, 'one of the eight ops');
  }
}

function refuse(code: ErrorCode, pointer: string, expected: string): never {
  throw new HoldfastError(code, `${pointer}: (expected: ${expected})`, pointer);
}

function read(document: Json, pointer: string): Json {
  return valueAt(document, pointer) ?? (valueAt(document, pointer) === null ? null : nothingAt(pointer));
}

function nothingAt(pointer: string): never {
  return refuse('no-such-path', pointer, 'something there');
}

/** The document with `leaf(parent, token)` in place of the parent of what the pointer names. */
function editParent(document: Json, pointer: string, leaf: (parent: Json, token: string) => Json): Json {
  const tokens = parsePointer(pointer);
  const edit = (node: Json, depth: number): Json => {
    const token = tokens[depth] as string;
    if (depth === tokens.length - 1) return leaf(node, token);
    const child = childOf(node, token);
    if (child === undefined) nothingAt(pointer);
    const next = edit(child, depth + 1);
    return next === child ? node : withChild(node, token, next);
  };
  return edit(document, 0);
}

function withChild(node: Json, token: string, child: Json): Json {
  return isArray(node) ? withElement(node, indexIn(node, token), child) : withMember(node as JsonObject, token, child);
}

function add(document: Json, pointer: string, value: Json): Json {
  if (pointer === '') return value;
  return editParent(document, pointer, (parent, token) => {
    if (isArray(parent))
      return isKeyed(token) ? put(parent, token, value, pointer) : insert(parent, token, value, pointer);
    if (isObject(parent)) return withMember(parent, token, value);
    return nothingAt(pointer);
  });
}

function insert(array: readonly Json[], token: string, value: Json, pointer: string): Json {
  const index = token === '-' ? array.length : plainIndex(token);
  if (index === array.length) return withElement(array, index, value);
  if (index >= 0 && index < array.length) return spliced(array, index, 0, value);
  return refuse('no-such-path', pointer, `0 to ${array.length}, or -`);
}

/** Replaces the element that `key=value` names; if there is none, the value must be it, and is appended. */
function put(array: readonly Json[], token: string, value: Json, pointer: string): Json {
  const index = indexIn(array, token);
  if (index >= 0) return withElement(array, index, value);
  if (isNamed(value, token)) return withElement(array, array.length, value);
  return refuse('bad-patch', pointer, 'an object with that key');
}

function remove(document: Json, pointer: string): Json {
  if (pointer === '') return null;
  return editParent(document, pointer, (parent, token) => {
    if (childOf(parent, token) === undefined) nothingAt(pointer);
    return isArray(parent) ? spliced(parent, indexIn(parent, token), 1) : withoutMember(parent as JsonObject, token);
  });
}

function change(document: Json, pointer: string, next: (now: Json) => Json): Json {
  if (pointer === '') return next(document);
  return editParent(document, pointer, (parent, token) => {
    const now = childOf(parent, token);
    if (now === undefined) nothingAt(pointer);
    const then = next(now);
    return then === now ? parent : withChild(parent, token, then);
  });
}

function sum(now: Json, value: Json, pointer: string): Json {
  if (typeof value !== 'number') refuse('bad-patch', pointer, 'a number');
  if (typeof now !== 'number' || !Number.isFinite(now + value)) refuse('invalid', pointer, 'a number to add to');
  return now + value;
}

function move(document: Json, from: string, to: string): Json {
  const value = read(document, from);
  const [source, target] = [parsePointer(from), parsePointer(to)];
  if (from === to) return document;
  if (isInside(document, target, source)) {
    refuse('bad-patch', to, `a path outside ${from}`);
  }
  return add(remove(document, from), to, value);
}

/** Whether the path leads through the very value that `container` names, in whatever tokens. */
function isInside(document: Json, path: readonly string[], container: readonly string[]): boolean {
  if (path.length <= container.length) return false;
  let node: Json | undefined = document;
  for (const [i, token] of container.entries()) {
    if (node === undefined || !isSameStep(node, token, path[i] as string)) return false;
    node = childOf(node, token);
  }
  return true;
}

function isSameStep(node: Json, one: string, other: string): boolean {
  return one === other || (isArray(node) && indexIn(node, one) >= 0 && indexIn(node, one) === indexIn(node, other));
}

/** Merges into what stands there; into nothing, as `add` would put it. */
function mergeAt(document: Json, pointer: string, patch: Json): Json {
  const now = valueAt(document, pointer);
  if (now === undefined) return add(document, pointer, merge(undefined, patch));
  const then = merge(now, patch);
  return then === now ? document : change(document, pointer, () => then);
}

/** RFC 7386: members of the patch replace those of the target, null removes, anything but an object replaces it all. */
function merge(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return target !== undefined && equal(target, patch) ? target : patch;
  let merged: JsonObject = isObject(target) ? target : {};
  for (const [key, value] of Object.entries(patch)) {
    const now = Object.hasOwn(merged, key) ? merged[key] : undefined;
    if (value === null) {
      if (now !== undefined) merged = withoutMember(merged, key);
    } else {
      const then = merge(now, value);
      if (then !== now) merged = withMember(merged, key, then);
    }
  }
  return merged;
}
