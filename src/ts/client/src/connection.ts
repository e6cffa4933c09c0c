import { type ClientFrame, decode, type GoAway, type ServerFrame, type Welcome } from './frames.js';
import { backOff, type Socket, type Surroundings } from './surroundings.js';

const PROTOCOL = 'holdfast.v1';
const WELCOME_WITHIN_MS = 10_000;

/** `online` from welcome to loss; `stopped` for good, by us or because the server said not to come back. */
export type ConnectionStatus = 'connecting' | 'online' | 'offline' | 'stopped';

export type TokenSource = string | (() => string | undefined | Promise<string | undefined>);

export interface ConnectionSettings {
  readonly url: string;
  readonly client: string;
  readonly token?: TokenSource | undefined;
}

export interface ConnectionListener {
  up(welcome: Welcome): void;
  frame(frame: ServerFrame): void;
  down(): void;
  status(status: ConnectionStatus, reason: string): void;
  /** Every frame that crosses the wire, as sent and as received. */
  traffic(direction: 'out' | 'in', frame: ClientFrame | ServerFrame): void;
}

export interface Connection {
  send(frame: ClientFrame): void;
  refresh(token: string): void;
  /** Unless online: gives up the attempt or the pause under way and connects at once. */
  retry(): void;
  stop(reason: string): void;
}

/** Keeps one session alive over as many sockets as it takes: hello, heartbeat, back-off. */
export function createConnection(
  settings: ConnectionSettings,
  outside: Surroundings,
  listener: ConnectionListener,
): Connection {
  let token = settings.token;
  let socket: Socket | undefined;
  let online = false;
  let stopped = false;
  let attempt = 0;
  let beats = 0;
  let heardAt = 0;
  let notBefore = 0;
  let reason = '';
  let cancelTimer = () => {};

  function connect(): void {
    listener.status('connecting', reason);
    let own: Socket;
    try {
      own = outside.socket(settings.url, PROTOCOL);
    } catch (error) {
      return stop(`url: ${settings.url} (expected: a WebSocket address; ${String(error)})`);
    }
    socket = own;
    const ifCurrent = (run: () => void) => () => {
      if (socket === own) run();
    };
    own.onopen = ifCurrent(hello);
    own.onclose = ifCurrent(lost);
    own.onerror = () => {};
    own.onmessage = event => {
      if (socket === own) heard(event.data);
    };
    timer(WELCOME_WITHIN_MS, lost);
  }

  function timer(ms: number, run: () => void): void {
    cancelTimer();
    cancelTimer = outside.after(ms, run);
  }

  async function hello(): Promise<void> {
    const own = socket;
    try {
      const value = typeof token === 'function' ? await token() : token;
      if (socket !== own) return;
      const { client } = settings;
      send(value === undefined ? { t: 'hello', client } : { t: 'hello', client, token: value });
    } catch (error) {
      if (socket !== own) return;
      reason = `token: ${String(error)} (expected: one)`;
      lost();
    }
  }

  function heard(data: unknown): void {
    heardAt = outside.now();
    let frame: ServerFrame | undefined;
    try {
      frame = decode(data);
    } catch (error) {
      reason = String(error);
      return lost();
    }
    if (frame === undefined) return;
    listener.traffic('in', frame);
    if (frame.t === 'welcome') return welcomed(frame);
    if (frame.t === 'goaway') return sentAway(frame);
    if (frame.t === 'error') {
      reason = frame.detail;
      if (frame.code === 'unauthenticated' && frame.re === 'hello' && typeof token !== 'function') {
        return stop(frame.detail);
      }
    }
    if (online) listener.frame(frame);
  }

  function welcomed(welcome: Welcome): void {
    online = true;
    notBefore = 0;
    reason = '';
    beat(Math.max(welcome.heartbeatMs, 1000));
    listener.status('online', '');
    listener.up(welcome);
  }

  /** Twice per heartbeat a ping; two heartbeats of silence are a dead connection. */
  function beat(everyMs: number): void {
    timer(everyMs / 2, () => {
      if (outside.now() - heardAt > 2 * everyMs) return lost();
      // Only a connection that lasts makes the next attempt a first one: a server that hangs up at once is not hammered.
      attempt = 0;
      beats += 1;
      send({ t: 'ping', n: beats });
      beat(everyMs);
    });
  }

  /** The server still finishes what is under way; it closes the socket, or we do when the time has come. */
  function sentAway(frame: GoAway): void {
    reason = frame.detail;
    if (frame.code === 'revoked' && frame.retryAfterMs === 0) return stop(frame.detail);
    notBefore = outside.now() + frame.retryAfterMs;
    timer(frame.retryAfterMs, lost);
  }

  function lost(): void {
    release();
    if (stopped) return;
    listener.status('offline', reason);
    const invited = attempt === 0 && notBefore > 0;
    const pause = Math.max(notBefore - outside.now(), invited ? 0 : backOff(attempt, outside.random()));
    notBefore = 0;
    attempt += 1;
    timer(pause, connect);
  }

  function release(): void {
    cancelTimer();
    const own = socket;
    socket = undefined;
    own?.close();
    if (online) {
      online = false;
      listener.down();
    }
  }

  function send(frame: ClientFrame): void {
    if (socket === undefined) return;
    listener.traffic('out', frame);
    socket.send(JSON.stringify(frame));
  }

  function stop(why: string): void {
    if (stopped) return;
    stopped = true;
    release();
    listener.status('stopped', why);
  }

  cancelTimer = outside.after(0, connect);
  return {
    send,
    stop,
    retry() {
      if (online || stopped) return;
      release();
      timer(0, connect);
    },
    refresh(value) {
      if (typeof token !== 'function') token = value;
      if (online) send({ t: 'refresh', token: value });
    },
  };
}
