import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCrossing, createSeries, milliseconds } from '../src/latency.js';

describe('a crossing', () => {
  it('is measured once, whichever end is heard of first', () => {
    const measured: number[] = [];
    const crossing = createCrossing(ms => measured.push(ms));

    crossing.sent(7, 100);
    crossing.shown(7, 104);
    crossing.shown(8, 209);
    crossing.sent(8, 200);
    crossing.shown(8, 999);

    assert.deepEqual(measured, [4, 9]);
  });

  it('remembers only the newest', () => {
    const measured: number[] = [];
    const crossing = createCrossing(ms => measured.push(ms));

    for (let version = 1; version <= 1000; version += 1) crossing.sent(version, 0);
    crossing.shown(1, 5);
    crossing.shown(1000, 6);

    assert.deepEqual(measured, [6]);
  });
});

describe('a series', () => {
  it('keeps the last forty', () => {
    const series = createSeries();
    assert.deepEqual([series.last(), series.median()], [undefined, undefined]);

    for (let ms = 1; ms <= 50; ms += 1) series.add(ms);

    assert.deepEqual([series.all().length, series.last(), series.median()], [40, 50, 31]);
  });
});

describe('milliseconds', () => {
  it('are short', () => {
    assert.deepEqual([undefined, 0.04, 3.25, 99.94, 250.4, 1500].map(milliseconds), [
      '–',
      '0.0 ms',
      '3.3 ms',
      '99.9 ms',
      '250 ms',
      '1.5 s',
    ]);
  });
});
