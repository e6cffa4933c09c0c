import type { Mutate } from './frames.js';
import type { Op } from './patch.js';
import type { Receipt } from './reducer.js';

/** The ops as they will travel, so that the caller's later changes do not reach them. Throws on what JSON cannot hold. */
export function travelling(ops: readonly Op[]): readonly Op[] {
  const text = JSON.stringify(ops, (key, value) => {
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw new TypeError(`${key}: ${value} (expected: a finite number)`);
    }
    return value;
  });
  return JSON.parse(text);
}

/** The server hangs up on longer frames, so the client refuses them itself; undefined if it fits. */
export function refusedAsTooLarge(command: Mutate, limit: number, version: number): Receipt | undefined {
  const bytes = new TextEncoder().encode(JSON.stringify(command)).length;
  if (bytes <= limit) return undefined;
  return { outcome: 'refused', code: 'too-large', detail: `frame: ${bytes} bytes (expected: ≤ ${limit})`, version };
}
