import type { Socket } from '../src/api.js';
import type { Surroundings } from '../src/surroundings.js';
import type { World } from './world.js';

/** The page at the end of a line on which what the server says takes so many milliseconds, in order; our words take `there`. */
export function delayed(
  world: World,
  page: Surroundings,
  back: (text: string) => number,
  there: number = back(''),
): Surroundings {
  const line = () => {
    let free = 0;
    return (ms: number, run: () => void) => {
      free = Math.max(free, world.now() + ms);
      world.after(free - world.now(), run);
    };
  };
  return {
    ...page,
    socket(url, protocol) {
      const inner = page.socket(url, protocol);
      const [towards, from] = [line(), line()];
      let closed = false;
      const unlessClosed = (run: () => void) => () => closed || run();
      const outer: Socket = {
        ...{ onopen: null, onmessage: null, onclose: null, onerror: null },
        send: text =>
          towards(
            there,
            unlessClosed(() => inner.send(text)),
          ),
        close() {
          closed = true;
          inner.close();
        },
      };
      inner.onopen = () =>
        from(
          there,
          unlessClosed(() => outer.onopen?.({} as never)),
        );
      inner.onclose = () =>
        from(
          there,
          unlessClosed(() => outer.onclose?.({} as never)),
        );
      inner.onmessage = event =>
        from(
          back(String(event.data)),
          unlessClosed(() => outer.onmessage?.(event)),
        );
      return outer;
    },
  };
}
