import { connectIn } from '../src/connect.js';
import type { Channel } from '../src/surroundings.js';
import type { Device } from './device.js';
import { type Board, NAME, type Tab } from './several.js';
import type { World } from './world.js';

/** Hears and counts the messages of its pages: as they are posted, and before they are heard. */
export interface Post {
  posted(message: { readonly m: string }): void;
  /** When the page hears it, in milliseconds from now; 0: at once. */
  lag(): number;
}

/** A tab to which what others say comes late, in order. */
export function openLate(world: World, device: Device, post: Partial<Post>): Tab {
  const page = device.page();
  const channel = (name: string): Channel => {
    const line = (page.surroundings.channel as (name: string) => Channel)(name);
    let free = 0;
    const late: Channel = {
      onmessage: null,
      postMessage(message) {
        post.posted?.(message as { readonly m: string });
        line.postMessage(message);
      },
      close: () => line.close(),
    };
    line.onmessage = event => {
      const lag = post.lag?.() ?? 0;
      if (lag === 0 && free <= world.now()) return late.onmessage?.(event);
      free = Math.max(free, world.now() + lag);
      page.surroundings.after(free - world.now(), () => late.onmessage?.(event));
    };
    return late;
  };
  const surroundings = { ...page.surroundings, channel };
  const client = connectIn(surroundings, { url: 'ws://test', token: 'ada' });
  const board = client.entity<Board>(NAME);
  const seen: Tab['seen'] = [];
  board.subscribe(snapshot => seen.push(snapshot));
  return { page: { ...page, surroundings }, client, board, seen };
}
