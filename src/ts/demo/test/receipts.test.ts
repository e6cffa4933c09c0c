import type { Change } from '@holdfast/client';
import { describe, expect, it } from 'vitest';
import { createReceipts, milliseconds } from '../src/receipts';

function change(id: string, receipt: Promise<{ version: number; duplicate: boolean }>): Change {
  return { id, local: true, durable: Promise.resolve(), receipt };
}

function later() {
  let resolve: (receipt: { version: number; duplicate: boolean }) => void = () => {};
  const promise = new Promise<{ version: number; duplicate: boolean }>(done => {
    resolve = done;
  });
  return { promise, resolve };
}

const settled = () => new Promise(resolve => setTimeout(resolve));

describe('receipts', () => {
  it('time the way of the last change', async () => {
    let now = 100;
    const receipts = createReceipts(() => now);
    const accepted = later();
    const stages: unknown[] = [];
    receipts.subscribe(() => stages.push(receipts.get().last));

    receipts.follow('Ticked', change('1', accepted.promise), 98);
    now = 101;
    await settled();
    now = 105;
    accepted.resolve({ version: 7, duplicate: false });
    await settled();

    expect(stages[0]).toEqual({ what: 'Ticked' });
    expect(receipts.get().last).toEqual({ what: 'Ticked', shown: 3, durable: 3, accepted: 7, version: 7 });
    expect(receipts.get().typical).toBe(7);
  });

  it('show the newest, while the others still count', async () => {
    let now = 0;
    const receipts = createReceipts(() => now);
    const [first, second] = [later(), new Promise<never>(() => {})];

    receipts.follow('first', change('1', first.promise), 0);
    receipts.follow('second', change('2', second), 0);
    now = 9;
    first.resolve({ version: 1, duplicate: false });
    await settled();

    expect(receipts.get()).toMatchObject({ last: { what: 'second' }, typical: 9 });
    expect(receipts.get().last).not.toHaveProperty('accepted');
  });

  it('say why there is none', async () => {
    const receipts = createReceipts(() => 0);

    receipts.follow('x', change('1', Promise.reject(Object.assign(new Error(), { code: 'invalid' }))), 0);
    await settled();

    expect(receipts.get().last).toMatchObject({ refused: 'invalid' });
  });
});

it('milliseconds have few digits', () => {
  expect([0.04, 3.25, 99.94, 250.4, 1500].map(milliseconds)).toEqual([
    '0.0 ms',
    '3.3 ms',
    '99.9 ms',
    '250 ms',
    '1.5 s',
  ]);
});
