import { type RefObject, useLayoutEffect, useRef } from 'react';

export interface Flip {
  /** Takes down where everything is to be seen now, in the middle of a drag, to glide from there to where it will be. */
  readonly remember: () => void;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

type Places = ReadonlyMap<string, Place>;

const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Rows that come to stand elsewhere glide there, whenever `order` changes. */
export function useFlip(root: RefObject<HTMLElement | null>, order: string): Flip {
  const places = useRef<Places>(new Map());
  const before = useRef(order);
  useLayoutEffect(() => {
    const now = measure(root.current, ({ offsetLeft, offsetTop }) => ({ x: offsetLeft, y: offsetTop }));
    if (before.current !== order && !calm()) glide(root.current, places.current, now);
    before.current = order;
    places.current = now;
  });
  return {
    remember() {
      const { left, top } = root.current?.getBoundingClientRect() ?? { left: 0, top: 0 };
      places.current = measure(root.current, row => {
        const seen = row.getBoundingClientRect();
        return { x: seen.left - left, y: seen.top - top };
      });
    },
  };
}

function rowsOf(root: HTMLElement | null): readonly HTMLElement[] {
  return [...(root?.querySelectorAll<HTMLElement>('.row') ?? [])];
}

function measure(root: HTMLElement | null, place: (row: HTMLElement) => Place): Places {
  return new Map(rowsOf(root).map(row => [row.dataset['id'] ?? '', place(row)]));
}

function glide(root: HTMLElement | null, from: Places, to: Places): void {
  for (const row of rowsOf(root)) {
    const [a, b] = [from.get(row.dataset['id'] ?? ''), to.get(row.dataset['id'] ?? '')];
    if (b === undefined) continue;
    if (a === undefined) {
      row.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 180, easing: 'ease-out' });
    } else if (a.x !== b.x || a.y !== b.y) {
      row.animate([{ transform: `translate(${a.x - b.x}px, ${a.y - b.y}px)` }, { transform: 'none' }], {
        duration: 220,
        easing: 'cubic-bezier(.2, .8, .2, 1)',
      });
    }
  }
}
