import { describe, expect, it } from 'vitest';
import { createSteps } from '../src/steps';

describe('steps', () => {
  it('take a run of typing as one, and anything in between as another', () => {
    const steps = createSteps();

    for (const at of [0, 100, 200]) steps.made('a', at);
    steps.made(undefined, 300);
    for (const at of [400, 500]) steps.made('a', at);

    expect([steps.undone(), steps.undone(), steps.undone()]).toEqual([2, 1, 3]);
    expect([steps.redone(), steps.redone(), steps.redone()]).toEqual([3, 1, 2]);
  });

  it('begin anew after a pause, and after something was taken back', () => {
    const steps = createSteps();

    steps.made('a', 0);
    steps.made('a', 1500);
    expect(steps.undone()).toBe(1);
    steps.made('a', 1600);

    expect([steps.undone(), steps.undone(), steps.undone()]).toEqual([1, 1, 1]);
  });

  it('cannot be done again once something else was done', () => {
    const steps = createSteps();
    for (const at of [0, 1]) steps.made('a', at);

    steps.undone();
    steps.made('b', 2);

    expect(steps.redone()).toBe(1);
  });
});
