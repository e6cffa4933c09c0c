import { type RenderOptions, render } from '@testing-library/react';
import { type ReactElement, StrictMode } from 'react';
import { HoldfastProvider } from '../src/index.js';
import { createMemory } from './memory.js';

export interface Room {
  readonly topic: string;
  readonly todos: readonly { readonly id: string; readonly text: string }[];
}

export const ROOM = { topic: 'Sails', todos: [{ id: 'a', text: 'rope' }] };

/** A client with rooms `room/a` and `room/b`, and a way to show components that use it. */
export function createScene(strict = false) {
  const memory = createMemory({
    'room/a': ROOM,
    'room/b': { topic: 'Oars', todos: [] },
    'local/ui': { theme: 'dark', open: 1 },
  });
  const inside = (element: ReactElement) => {
    const provided = <HoldfastProvider client={memory.client}>{element}</HoldfastProvider>;
    return strict ? <StrictMode>{provided}</StrictMode> : provided;
  };
  return {
    ...memory,
    show(element: ReactElement, options: RenderOptions = {}) {
      const shown = render(inside(element), options);
      return { ...shown, again: (next: ReactElement) => shown.rerender(inside(next)) };
    },
    inside,
  };
}
