import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { decode } from '../src/frames.js';
import type { Json } from '../src/json.js';
import { golden, goldenNames } from './golden.js';

/** RFC 8785 for the JSON that frames use. */
function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}

describe('golden frames', () => {
  for (const name of [...goldenNames('client'), ...goldenNames('server')]) {
    it(`${name} is one canonical line`, () => {
      assert.equal(canonical(JSON.parse(golden(name))), golden(name));
    });
  }
  for (const name of goldenNames('server')) {
    it(`${name} is understood, and kept whole`, () => {
      assert.deepEqual(decode(golden(name)), JSON.parse(golden(name)));
    });
  }
});

describe('decode', () => {
  it('passes over frames it does not know, and members', () => {
    assert.equal(decode('{"t":"teleport"}'), undefined);
    assert.equal(decode('{"t":"toString"}'), undefined);
    assert.deepEqual(decode('{"t":"pong","n":1,"new":true}'), { t: 'pong', n: 1, new: true });
  });

  it('takes documents as deep as servers do', () => {
    const deep = '['.repeat(64) + ']'.repeat(64);
    const state = `{"t":"state","entity":"a/b","epoch":1,"version":1,"doc":${deep}}`;
    assert.deepEqual(decode(state), JSON.parse(state));
  });

  it('refuses nonsense', () => {
    for (const text of [
      '',
      'null',
      '[]',
      '{}',
      '{"t":1}',
      '{"t":"state","entity":"a/b"}',
      '{"t":"gap","entity":"a/b","expected":-1}',
    ]) {
      assert.throws(() => decode(text), Error, text);
    }
    assert.throws(() => decode(new ArrayBuffer(1)));
    for (const depth of [129, 5000]) {
      const deep = '['.repeat(depth) + ']'.repeat(depth);
      assert.throws(() => decode(`{"t":"state","entity":"a/b","epoch":1,"version":1,"doc":${deep}}`));
      const ops = `[{"op":"add","path":"/a","value":${deep}}]`;
      assert.throws(() => decode(`{"t":"changed","entity":"a/b","from":1,"version":2,"ops":${ops},"changes":[]}`));
    }
    assert.throws(() => decode('{"t":"changed","entity":"a/b","from":1,"version":2,"ops":[],"changes":[{}]}'));
  });
});
