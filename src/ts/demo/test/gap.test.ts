import { describe, expect, it } from 'vitest';
import { gapAt, type Slot, shiftOf } from '../src/gap';

/** Lists under each other: a heading, so many rows of 40 px, the line for a new one. */
function slotsOf(lists: Readonly<Record<string, number>>, beside = false): readonly Slot[] {
  let [left, top] = [0, 0];
  return Object.entries(lists).flatMap(([list, rows]) => {
    if (beside) [left, top] = [left + 400, 0];
    return Array.from({ length: rows + 2 }, (_, i): Slot => {
      const slot = { element: {} as HTMLElement, list, isRow: i > 0 && i <= rows, left, top, width: 300, height: 40 };
      top += 40;
      return slot;
    });
  });
}

const rows = (slots: readonly Slot[], list: string) => slots.filter(slot => slot.list === list && slot.isRow);
const middle = ({ left, top }: Slot) => [left + 150, top + 20] as const;

describe('the gap', () => {
  it('is where the row came from until it has passed the middle of a neighbour', () => {
    const slots = slotsOf({ now: 3 });
    const [held] = rows(slots, 'now') as [Slot];
    const [x, y] = middle(held);

    expect(gapAt(slots, held, x, y)).toEqual({ list: 'now', index: 0 });
    expect(gapAt(slots, held, x, y + 39)).toEqual({ list: 'now', index: 0 });
    expect(gapAt(slots, held, x, y + 41)).toEqual({ list: 'now', index: 1 });
    expect(gapAt(slots, held, x, y + 999)).toEqual({ list: 'now', index: 2 });
  });

  it('opens in another list, under it or beside it, empty or not', () => {
    const under = slotsOf({ now: 2, next: 0, later: 1 });
    const beside = slotsOf({ now: 2, next: 1 }, true);
    const [held, heldBeside] = [rows(under, 'now')[0] as Slot, rows(beside, 'now')[0] as Slot];
    const [x, y] = middle(rows(beside, 'next')[0] as Slot);

    expect(gapAt(under, held, 150, 180)).toEqual({ list: 'next', index: 0 });
    expect(gapAt(under, held, 150, 999)).toEqual({ list: 'later', index: 1 });
    expect(gapAt(beside, heldBeside, x, y + 1)).toEqual({ list: 'next', index: 1 });
  });

  it('is made by those between the two places, and by nobody else', () => {
    const slots = slotsOf({ now: 4 });
    const held = rows(slots, 'now')[0] as Slot;

    const shifts = rows(slots, 'now')
      .slice(1)
      .map(slot => shiftOf(slot, slots, held, { list: 'now', index: 2 }));

    expect(shifts).toEqual([-40, -40, 0]);
  });

  it('lets the list it came from close and the one beside it open', () => {
    const slots = slotsOf({ now: 2, next: 2 }, true);
    const held = rows(slots, 'now')[0] as Slot;
    const gap = { list: 'next', index: 1 };

    expect(
      rows(slots, 'now')
        .slice(1)
        .map(slot => shiftOf(slot, slots, held, gap)),
    ).toEqual([-40]);
    expect(rows(slots, 'next').map(slot => shiftOf(slot, slots, held, gap))).toEqual([0, 40]);
  });
});
