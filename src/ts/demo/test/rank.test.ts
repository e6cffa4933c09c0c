import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { between } from '../src/rank';

const RULE = /^[0-9A-Za-z]*[1-9A-Za-z]$/;
const rank = fc.stringMatching(RULE).filter(text => text.length < 12);

describe('a rank', () => {
  it('lies between any two, as the schema wants it', () => {
    fc.assert(
      fc.property(rank, rank, (a, b) => {
        fc.pre(a !== b);
        const [low, high] = a < b ? [a, b] : [b, a];
        const middle = between(low, high);
        expect(low < middle && middle < high).toBe(true);
        expect(middle).toMatch(RULE);
      }),
    );
  });

  it('lies after any one and before any one', () => {
    fc.assert(
      fc.property(rank, one => {
        expect(one < between(one)).toBe(true);
        expect(between('', one) < one).toBe(true);
        expect(between(one)).toMatch(RULE);
        expect(between('', one)).toMatch(RULE);
      }),
    );
  });

  it('stays short when a thousand are put one after the other, and when a hundred go in at one place', () => {
    let [last, first] = ['', between('')];
    for (let i = 0; i < 1000; i += 1) last = between(last);
    for (let i = 0; i < 100; i += 1) first = between('', first);

    expect(last.length).toBeLessThan(40);
    expect(first.length).toBeLessThan(40);
  });
});
