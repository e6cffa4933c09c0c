import type { Socket } from '../src/api.js';
import type { Surroundings } from '../src/surroundings.js';
import type { FakeServer } from './fake-server.js';

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** A world without real time or network: `settle` delivers what is on the wire, `advance` moves the clock. */
export interface World {
  /** The surroundings of one more page. */
  page(more?: Partial<Surroundings>): Surroundings;
  settle(): Promise<void>;
  /** Goes so many small steps on, which may end in the middle of anything. */
  step(count: number): Promise<void>;
  advance(ms: number): Promise<void>;
  now(): number;
  /** The pauses asked for so far, in order. */
  readonly pauses: readonly number[];
  /** While false no socket opens, and those that are open fall silent. */
  network(up: boolean): void;
  /** While true nothing the server says arrives. */
  deaf(on: boolean): void;
  readonly sockets: number;
  after(ms: number, run: () => void): () => void;
  /** Hands over something later, in order. */
  deliver(run: () => void): void;
  /** Tells pages that they are awake, or put aside. */
  awake(on: boolean): void;
  /** What GET answers, by address. */
  readonly answers: Map<string, unknown>;
}

const TURNS = 25;
export const START = 1_795_000_000_000;

export function createWorld(server: FakeServer): World {
  const timers = new Set<Timer>();
  const wire: (() => void)[] = [];
  const pauses: number[] = [];
  const sleepers = new Set<(awake: boolean) => void>();
  const answers = new Map<string, unknown>();
  let clock = START;
  let up = true;
  let deaf = false;
  let sockets = 0;

  function openSocket(): Socket {
    sockets += 1;
    let open = true;
    let whole = true;
    // As with TCP: a connection that lost something delivers nothing behind it, ever.
    const deliver = (run: () => void, deafened = false) =>
      wire.push(() => {
        whole &&= up && !deafened;
        if (open && whole) run();
      });
    const arrive = (run: () => void) => deliver(run, deaf);
    const socket: Socket = {
      onopen: null,
      onmessage: null,
      onclose: null,
      onerror: null,
      send: text => deliver(() => line.hear(text)),
      close() {
        open = false;
        line.gone();
      },
    };
    const line = server.accept({
      say: text => arrive(() => socket.onmessage?.({ data: text })),
      hangUp: () => arrive(() => socket.onclose?.({} as never)),
    });
    arrive(() => socket.onopen?.({} as never));
    return socket;
  }

  async function settle(): Promise<void> {
    let quiet = 0;
    // The database of the tests takes a few turns for each of its steps.
    while (quiet < TURNS) {
      quiet = wire.length > 0 ? 0 : quiet + 1;
      for (let next = wire.shift(); next !== undefined; next = wire.shift()) next();
      await new Promise(resolve => setImmediate(resolve));
    }
  }

  function after(ms: number, run: () => void): () => void {
    pauses.push(ms);
    const timer = { at: clock + ms, run };
    timers.add(timer);
    return () => timers.delete(timer);
  }

  return {
    page: (more = {}) => ({
      ...{ socket: openSocket, now: () => clock, random: () => 1, after, idle: run => void after(1, run) },
      onLeave: () => () => {},
      onAwake(listener) {
        sleepers.add(listener);
        return () => sleepers.delete(listener);
      },
      async fetch(url) {
        if (!up || !answers.has(url)) throw new Error(`${url}: not there`);
        return answers.get(url);
      },
      ...more,
    }),
    now: () => clock,
    settle,
    async step(count) {
      for (let i = 0; i < count; i += 1) {
        wire.shift()?.();
        await new Promise(resolve => setImmediate(resolve));
      }
    },
    async advance(ms) {
      const end = clock + ms;
      await settle();
      for (;;) {
        const [next] = [...timers].filter(timer => timer.at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        clock = Math.max(clock, next.at);
        timers.delete(next);
        next.run();
        await settle();
      }
      clock = end;
    },
    after,
    deliver: run => void wire.push(run),
    awake(on) {
      for (const listener of [...sleepers]) listener(on);
    },
    pauses,
    answers,
    network(on) {
      up = on;
    },
    deaf(on) {
      deaf = on;
    },
    get sockets() {
      return sockets;
    },
  };
}
