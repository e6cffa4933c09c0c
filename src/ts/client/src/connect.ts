import type { ConnectOptions, Holdfast } from './api.js';

/** Connects, and stays connected until `close`. */
export function connect(options: ConnectOptions): Holdfast {
  throw new Error(`connect: ${options.url} (expected: the next build of this package)`);
}
