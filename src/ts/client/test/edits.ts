import fc from 'fast-check';
import type { Json } from '../src/json.js';

/** Something done to a draft, or to plain JSON. */
export type Edit = (doc: unknown) => void;
const name = fc.constantFrom('a', 'b', 'list', 'todos', '__proto__', 'constructor', '');
export const { value } = fc.letrec<{ value: Json }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Json>(null, true, 0, 1, 'x', ''),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.record({ id: fc.constantFrom('1', '2', '3', 4, true), v: tie('value') }), {
      maxLength: 5,
    }) as fc.Arbitrary<Json>,
    fc.dictionary(name, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

/** Some object or array inside the document, found the same way in a draft and in plain JSON. */
function somewhere(doc: unknown, way: readonly number[]): unknown {
  let node = doc;
  for (const step of way) {
    if (typeof node !== 'object' || node === null) return doc;
    const keys = Object.keys(node);
    const next: unknown = keys.length === 0 ? undefined : Reflect.get(node, keys[step % keys.length] as string);
    if (typeof next !== 'object' || next === null) return node;
    node = next;
  }
  return node;
}

export const clone = (given: Json) => structuredClone(given) as Json;
const list = (apply: (array: unknown[], n: number, given: Json) => void) =>
  fc.tuple(fc.array(fc.nat(5), { maxLength: 4 }), fc.nat(5), value).map(
    ([way, n, given]): Edit =>
      doc => {
        const node = somewhere(doc, way);
        if (Array.isArray(node)) apply(node, n, clone(given));
      },
  );
const object = (apply: (members: Record<string, unknown>, key: string, given: Json) => void) =>
  fc.tuple(fc.array(fc.nat(5), { maxLength: 4 }), name, value).map(
    ([way, key, given]): Edit =>
      doc => {
        const node = somewhere(doc, way);
        if (typeof node === 'object' && node !== null && !Array.isArray(node))
          apply(node as Record<string, unknown>, key, clone(given));
      },
  );
const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
export const edit: fc.Arbitrary<Edit> = fc.oneof(
  list((array, _, given) => array.push(given)),
  list((array, _, given) => array.unshift(given)),
  list((array, n) => array.splice(n, 1)),
  list((array, n, given) => array.splice(n, 2, given)),
  list(array => array.sort(byText)),
  list(array => array.reverse()),
  list(array => array.pop()),
  list((array, n) => (array.length = Math.min(array.length, n))),
  list((array, n, given) => (array[Math.min(n, array.length)] = given)),
  list((array, n) => array.push(...array.splice(0, n))),
  list((array, n) => array.copyWithin(0, n)),
  object((members, key, given) =>
    Object.defineProperty(members, key, { value: given, enumerable: true, writable: true, configurable: true }),
  ),
  object((members, key) => Reflect.deleteProperty(members, key)),
);
