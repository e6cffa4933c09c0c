/** A heading, a to-do or the line for a new one, as it stands when nothing is dragged. */
export interface Slot {
  readonly element: HTMLElement;
  readonly list: string;
  readonly isRow: boolean;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Gap {
  readonly list: string;
  readonly index: number;
}

/** Where a row would go if it were let go with its middle at (x, y): the nearest list, after what is above that point. */
export function gapAt(slots: readonly Slot[], held: Slot, x: number, y: number): Gap {
  const lists = [...new Set(slots.map(slot => slot.list))];
  const away = (list: string) =>
    Math.min(...slots.filter(slot => slot.list === list).map(slot => distance(slot, x, y)));
  const list = lists.reduce((best, one) => (away(one) < away(best) ? one : best));
  const above = rowsOf(slots, list, held).filter(slot => slot.top + slot.height / 2 < y);
  return { list, index: above.length };
}

/** How far a slot has to move while the held row is above `gap`: up where it was taken away, down where it will go. */
export function shiftOf(slot: Slot, slots: readonly Slot[], held: Slot, gap: Gap): number {
  const inGap = rowsOf(slots, gap.list, held)[gap.index] ?? slots.findLast(({ list }) => list === gap.list);
  const up = slot.left === held.left && slot.top > held.top ? held.height : 0;
  const down = inGap !== undefined && slot.left === inGap.left && slot.top >= inGap.top ? held.height : 0;
  return down - up;
}

function rowsOf(slots: readonly Slot[], list: string, held: Slot): readonly Slot[] {
  return slots.filter(slot => slot.list === list && slot.isRow && slot !== held);
}

function distance({ left, top, width, height }: Slot, x: number, y: number): number {
  const dx = Math.max(left - x, 0, x - left - width);
  const dy = Math.max(top - y, 0, y - top - height);
  return Math.hypot(dx, dy);
}
