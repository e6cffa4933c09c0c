import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, it } from 'vitest';
import { HoldfastError } from '../src/errors.js';
import type { Json, JsonObject } from '../src/json.js';
import { applyPatch, type Op } from '../src/patch.js';
import { valueAt } from '../src/pointer.js';
import { equal } from '../src/reconcile.js';

interface Case {
  readonly comment?: string;
  readonly doc: Json;
  readonly patch: readonly Op[];
  readonly expected?: Json;
  readonly error?: string;
  readonly disabled?: boolean;
}

const require = createRequire(import.meta.url);
const code = (wanted: string) => (error: unknown) => error instanceof HoldfastError && error.code === wanted;
const parse = (text: string): Json => JSON.parse(text);
const at = (doc: Json, key: string) => (doc as JsonObject)[key];

for (const file of ['tests.json', 'spec_tests.json']) {
  describe(`the public JSON Patch suite, ${file}`, () => {
    const cases: readonly Case[] = require(`json-patch-test-suite/${file}`);
    for (const [number, one] of cases.entries()) {
      if (one.disabled) continue;
      it(`${number}: ${one.comment ?? one.error ?? JSON.stringify(one.patch)}`, () => {
        const before = JSON.stringify(one.doc);
        if (one.error !== undefined) {
          assert.throws(() => applyPatch(one.doc, one.patch), HoldfastError);
        } else {
          const after = applyPatch(one.doc, one.patch);
          if (one.expected !== undefined) assert.ok(equal(after, one.expected), JSON.stringify(after));
        }
        assert.equal(JSON.stringify(one.doc), before, 'the document given is left as it was');
      });
    }
  });
}

describe('patches agreed with the server, whose tests read the same file', () => {
  const agreed: readonly Case[] = JSON.parse(readFileSync('../../test/resources/patches/agreed.json', 'utf8'));
  for (const [number, one] of agreed.entries()) {
    it(`${number}: ${JSON.stringify(one.patch)}`, () => {
      if (one.error !== undefined) assert.throws(() => applyPatch(one.doc, one.patch), code(one.error));
      else assert.ok(equal(applyPatch(one.doc, one.patch), one.expected as Json));
    });
  }
});

describe('structural sharing', () => {
  const doc: Json = {
    title: 'a',
    todos: [
      { id: '1', tags: { x: 1 } },
      { id: '2', tags: {} },
    ],
    rest: { deep: [1] },
  };

  it('keeps every part that did not change', () => {
    const after = applyPatch(doc, [{ op: 'replace', path: '/todos/0/id', value: '9' }]);

    assert.notEqual(after, doc);
    assert.equal(at(after, 'rest'), doc['rest']);
    assert.equal(valueAt(after, '/todos/1'), valueAt(doc, '/todos/1'));
    assert.equal(valueAt(after, '/todos/0/tags'), valueAt(doc, '/todos/0/tags'));
  });

  it('gives the document itself when nothing changes', () => {
    const ops: Op[] = [
      { op: 'test', path: '/title', value: 'a' },
      { op: 'replace', path: '/title', value: 'a' },
      { op: 'merge', path: '', value: { rest: { deep: [1], gone: null } } },
      { op: 'move', from: '/title', path: '/title' },
    ];

    assert.equal(applyPatch(doc, ops), doc);
  });
});

describe('keyed pointers', () => {
  const doc = parse('{"todos":[{"id":"42","done":false},{"id":7,"done":false},{"id":"x","a":1},{"id":"x","a":2}]}');

  it('name the first element whose member has that value', () => {
    const after = applyPatch(doc, [
      { op: 'replace', path: '/todos/id=42/done', value: true },
      { op: 'replace', path: '/todos/id=x/a', value: 9 },
    ]);

    assert.deepEqual(
      [valueAt(after, '/todos/0/done'), valueAt(after, '/todos/2/a'), valueAt(after, '/todos/3/a')],
      [true, 9, 2],
    );
  });

  it('match numbers and booleans by their JSON text', () => {
    assert.equal(valueAt(doc, '/todos/id=7/id'), 7);
    assert.equal(valueAt(doc, '/todos/done=false/id'), '42');
    assert.equal(valueAt(doc, '/todos/id=null'), undefined);
  });

  it('find nothing when no element matches', () => {
    for (const path of ['/todos/id=nobody', '/todos/=', '/todos/id']) {
      assert.throws(() => applyPatch(doc, [{ op: 'remove', path }]), code('no-such-path'), path);
    }
  });

  it('add replaces the element they name, or appends it', () => {
    const after = applyPatch(doc, [
      { op: 'add', path: '/todos/id=42', value: { id: '42', done: true } },
      { op: 'add', path: '/todos/id=8', value: { id: 8 } },
    ]);

    assert.deepEqual([valueAt(after, '/todos/0/done'), valueAt(after, '/todos/4')], [true, { id: 8 }]);
    assert.throws(() => applyPatch(doc, [{ op: 'add', path: '/todos/id=8', value: { id: '9' } }]), code('bad-patch'));
  });

  it('keep a value from moving into itself under another name', () => {
    assert.throws(() => applyPatch(doc, [{ op: 'move', from: '/todos/id=42', path: '/todos/0/x' }]), code('bad-patch'));
  });

  it('are ordinary member names in objects', () => {
    const after = applyPatch(parse('{"id=42":1}'), [{ op: 'replace', path: '/id=42', value: 2 }]);

    assert.deepEqual(after, { 'id=42': 2 });
  });
});

describe('inc and merge', () => {
  it('inc adds to a number and refuses anything else', () => {
    assert.deepEqual(applyPatch({ n: 1 }, [{ op: 'inc', path: '/n', value: -2.5 }]), { n: -1.5 });
    assert.throws(() => applyPatch({ n: '1' }, [{ op: 'inc', path: '/n', value: 1 }]), code('invalid'));
    assert.throws(() => applyPatch({ n: 1e308 }, [{ op: 'inc', path: '/n', value: 1e308 }]), code('invalid'));
    assert.throws(() => applyPatch({}, [{ op: 'inc', path: '/n', value: 1 }]), code('no-such-path'));
    const text = { op: 'inc', path: '/n', value: '1' } as unknown as Op;
    assert.throws(() => applyPatch({ n: 1 }, [text]), code('bad-patch'));
  });

  it('merge follows RFC 7386', () => {
    const target = parse('{"a":"b","c":{"d":"e","f":"g"},"l":[1]}');
    const patch = parse('{"a":"z","c":{"f":null},"l":{"m":{"n":null}}}');

    assert.deepEqual(applyPatch(target, [{ op: 'merge', path: '', value: patch }]), {
      a: 'z',
      c: { d: 'e' },
      l: { m: {} },
    });
  });

  it('merge makes a member that is not there, but no parent', () => {
    assert.deepEqual(applyPatch({}, [{ op: 'merge', path: '/a', value: { b: 1 } }]), { a: { b: 1 } });
    assert.throws(() => applyPatch({}, [{ op: 'merge', path: '/a/b', value: 1 }]), code('no-such-path'));
    assert.deepEqual(applyPatch([], [{ op: 'merge', path: '/-', value: { a: null } }]), [{}]);
  });
});

describe('hostile documents', () => {
  it('hold __proto__ as a member like any other', () => {
    const value = parse('{"polluted":true}');
    const after = applyPatch({ a: 1 }, [
      { op: 'add', path: '/__proto__', value },
      { op: 'merge', path: '', value: parse('{"__proto__":{"more":1}}') },
      { op: 'add', path: '/constructor', value: 1 },
    ]);

    assert.equal(JSON.stringify(after), '{"a":1,"__proto__":{"polluted":true,"more":1},"constructor":1}');
    assert.equal(Object.getPrototypeOf(after), Object.prototype);
    assert.equal((Object.prototype as { polluted?: unknown }).polluted, undefined);
    assert.equal(JSON.stringify(applyPatch(after, [{ op: 'remove', path: '/__proto__' }])), '{"a":1,"constructor":1}');
  });

  it('offer no path into prototypes', () => {
    for (const path of ['/__proto__', '/constructor', '/toString', '/a/length']) {
      assert.throws(() => applyPatch({ a: [] }, [{ op: 'replace', path, value: 1 }]), code('no-such-path'), path);
    }
  });

  it('are refused bad ops without being touched', () => {
    for (const op of [
      null,
      1,
      {},
      { op: 'add' },
      { op: 'add', path: '/a' },
      { op: 'melt', path: '' },
      { op: 'move', path: '' },
    ]) {
      assert.throws(() => applyPatch({}, [op as unknown as Op]), code('bad-patch'), JSON.stringify(op));
    }
    assert.throws(() => applyPatch({}, [{ op: 'add', path: 'a', value: 1 }]), code('bad-patch'));
    assert.throws(() => applyPatch({}, [{ op: 'add', path: '/~2', value: 1 }]), code('bad-patch'));
  });
});
