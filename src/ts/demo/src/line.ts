import { platform, type Socket, type Surroundings } from '@holdfast/client';

/** A network line that can be cut and mended at will, to show what a client does then. */
export interface Line {
  readonly surroundings: Surroundings;
  isCut(): boolean;
  cut(): void;
  mend(): void;
}

export function createLine(): Line {
  const outside = platform();
  let cut = false;
  let current: Socket | undefined;

  function socket(url: string, protocol: string): Socket {
    current = cut ? deadSocket() : outside.socket(url, protocol);
    return current;
  }

  return {
    surroundings: { ...outside, socket },
    isCut: () => cut,
    cut() {
      cut = true;
      current?.onclose?.({} as never);
    },
    mend() {
      cut = false;
    },
  };
}

/** A connection attempt that fails. */
function deadSocket(): Socket {
  const dead: Socket = { onopen: null, onmessage: null, onclose: null, onerror: null, send() {}, close() {} };
  setTimeout(() => dead.onclose?.({} as never));
  return dead;
}
