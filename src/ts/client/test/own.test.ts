import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import type { Json } from '../src/json.js';
import { applyPatch, applyPatches, type Op } from '../src/patch.js';
import { equal } from '../src/reconcile.js';

const key = fc.constantFrom('a', 'b', 'list', '0', '__proto__', '');
const { json } = fc.letrec<{ json: Json }>(tie => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Json>(null, 0, 1, 'x'),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.array(fc.record({ id: fc.constantFrom('1', '2', '3'), v: tie('json') }), {
      maxLength: 40,
    }) as fc.Arbitrary<Json>,
    fc.dictionary(key, tie('json'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const doc: fc.Arbitrary<Json> = fc.record({
  a: fc.dictionary(key, json, { maxKeys: 4, noNullPrototype: true }),
  b: fc.array(json, { maxLength: 4 }),
  list: fc.array(fc.record({ id: fc.constantFrom('1', '2', '3'), v: json }), { maxLength: 40 }),
  n: fc.constant(1),
}) as fc.Arbitrary<Json>;
const path = fc.oneof(
  fc.constantFrom('/a', '/a/a', '/a/new', '/a/__proto__', '/b/-', '/b/0', '/list/-', '/list/0', '/list/0/v', '/n'),
  fc.constantFrom('/list/id=1', '/list/id=2/v', '/list/id=3/id', '/list/35', '/a/list/-', '', '/b/1/a', '/a/'),
);
const op: fc.Arbitrary<Op> = fc.oneof(
  fc.record({
    op: fc.constantFrom('add' as const, 'replace' as const, 'merge' as const, 'test' as const),
    path,
    value: json,
  }),
  fc.record({ op: fc.constant('inc' as const), path, value: fc.constant(1) }),
  fc.record({ op: fc.constant('remove' as const), path }),
  fc.record({ op: fc.constantFrom('move' as const, 'copy' as const), from: path, path }),
);
const patches = fc.array(fc.array(op, { minLength: 1, maxLength: 3 }), { maxLength: 12 });

function oneByOne(doc: Json, all: readonly (readonly Op[])[]): readonly [Json, readonly boolean[]] {
  let after = doc;
  const applied = all.map(ops => {
    try {
      after = applyPatch(after, ops);
      return true;
    } catch {
      return false;
    }
  });
  return [after, applied];
}

describe('patches applied together', () => {
  it('give what they give one by one, those that fail leave no trace, and nobody else’s value changes', () => {
    let [many, failed] = [0, 0];
    fc.assert(
      fc.property(doc, patches, (doc, all) => {
        const [before, given] = [JSON.stringify(doc), JSON.stringify(all)];
        const expected = oneByOne(doc, all);
        const text = JSON.stringify(expected);

        const result = applyPatches(doc, all);

        assert.ok(equal(result[0], expected[0]), JSON.stringify({ result, expected }));
        assert.deepEqual(result[1], expected[1]);
        assert.deepEqual([JSON.stringify(doc), JSON.stringify(all), JSON.stringify(expected)], [before, given, text]);
        many += result[1].filter(Boolean).length > 2 ? 1 : 0;
        failed += result[1].includes(false) ? 1 : 0;
      }),
      { numRuns: 10_000 },
    );
    assert.ok(many > 300 && failed > 300, `${many} ${failed}`);
  });

  it('copy a large object once', () => {
    const doc: Json = Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`m${i}`, i]));
    const all = Array.from({ length: 600 }, (_, i): readonly Op[] => [{ op: 'add', path: `/n${i}`, value: i }]);
    const timeOf = (run: () => Json) => {
      const start = performance.now();
      assert.equal(Object.keys(run() as object).length, 1200);
      return performance.now() - start;
    };

    // The best of some: the machine may be busy with something else.
    const together = Math.min(...[1, 2, 3, 4].map(() => timeOf(() => applyPatches(doc, all)[0])));
    const copying = timeOf(() => all.reduce(applyPatch, doc));

    assert.ok(together * 5 < copying, `${together} ms together, ${copying} ms one by one`);
  });
});
