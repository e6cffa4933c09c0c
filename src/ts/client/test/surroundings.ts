import type { Socket, Surroundings } from '../src/surroundings.js';
import type { FakeServer } from './fake-server.js';

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** A world without real time or network: `settle` delivers what is on the wire, `advance` moves the clock. */
export interface TestWorld extends Surroundings {
  settle(): Promise<void>;
  advance(ms: number): Promise<void>;
  /** The pauses asked for so far, in order. */
  readonly pauses: readonly number[];
  /** While false no socket opens, and those that are open fall silent. */
  network(up: boolean): void;
  /** While true nothing the server says arrives. */
  deaf(on: boolean): void;
  readonly sockets: number;
}

export function createWorld(server: FakeServer): TestWorld {
  const timers = new Set<Timer>();
  const wire: (() => void)[] = [];
  const pauses: number[] = [];
  let clock = 0;
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
    do {
      for (let next = wire.shift(); next !== undefined; next = wire.shift()) next();
      await new Promise(resolve => setImmediate(resolve));
    } while (wire.length > 0);
  }

  return {
    socket: openSocket,
    now: () => clock,
    random: () => 1,
    after(ms, run) {
      pauses.push(ms);
      const timer = { at: clock + ms, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    settle,
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
    pauses,
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
