/** The part of a WebSocket the client uses; browsers' and Node's `ws` both have it. */
export interface Socket {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(text: string): void;
  close(): void;
}

/** The outside world of a client: sockets, clock, chance and timers. Tests bring their own. */
export interface Surroundings {
  socket(url: string, protocol: string): Socket;
  now(): number;
  random(): number;
  /** Runs once after so many milliseconds, unless cancelled by the returned function. */
  after(ms: number, run: () => void): () => void;
}

/** The platform's clock, timers and WebSocket; Node before 22 has no WebSocket of its own and must be given one. */
export function platform(Implementation?: new (url: string, protocol: string) => Socket): Surroundings {
  const Socket = Implementation ?? (WebSocket as unknown as new (url: string, protocol: string) => Socket);
  return {
    socket: (url, protocol) => new Socket(url, protocol),
    now: () => performance.now(),
    random: () => Math.random(),
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  };
}

const BASE_MS = 250;
const CAP_MS = 10_000;

/** The pause before attempt `n` (0, 1, …): between half and all of 250 ms · 2ⁿ, at most 10 s, never under 250 ms. */
export function backOff(attempt: number, random: number): number {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** attempt);
  return Math.max(BASE_MS, ceiling * (0.5 + random / 2));
}
