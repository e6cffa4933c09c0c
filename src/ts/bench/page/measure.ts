/** Durations in milliseconds, and what they come to. */
export interface Summary {
  readonly n: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export function summary(durations: readonly number[]): Summary {
  const sorted = [...durations].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** Resolves in a task of its own. */
export function task(): Promise<void> {
  return new Promise(done => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done();
    port2.postMessage(null);
  });
}

/** Resolves in the first task after the next frame has been painted. */
export function painted(): Promise<void> {
  return new Promise(done => requestAnimationFrame(() => task().then(done)));
}

/** Resolves once the question is answered by yes. */
export async function until(ask: () => boolean): Promise<void> {
  while (!ask()) await new Promise(done => setTimeout(done, 5));
}
