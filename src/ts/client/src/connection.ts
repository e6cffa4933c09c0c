import type { ConnectOptions, Socket, Status } from './api.js';
import { type ClientFrame, decode, type GoAway, type ServerFrame, type Welcome } from './frames.js';
import { nextStatus, type StatusEvent } from './status.js';
import { backOff, type Surroundings } from './surroundings.js';
import { claimsOf, type Tokens } from './tokens.js';

const PROTOCOL = 'holdfast.v1';
const WELCOME_WITHIN_MS = 10_000;
const PROBE_MS = 3000;
/** A token is renewed when a fifth of its time is left, at the latest a minute before its end. */
const RENEW_BEFORE_MS = 60_000;

export interface ConnectionState {
  readonly status: Status;
  readonly detail: string;
  readonly latencyMs?: number | undefined;
  readonly retryAt?: number | undefined;
}

export interface ConnectionListener {
  /** Whether we may connect now, and under which id; rejects if not. */
  client(): Promise<string>;
  up(welcome: Welcome): void;
  frame(frame: ServerFrame): void;
  down(): void;
  state(state: ConnectionState): void;
  readonly traffic: ConnectOptions['onFrame'];
}

export interface Connection {
  state(): ConnectionState;
  send(frame: ClientFrame): void;
  refresh(token: string): void;
  /** Timers of hidden pages are held back: beats, or dials, if that is due. */
  tick(): void;
  /** The page may have slept: tries at once, or makes sure that the socket still lives. */
  wake(): void;
  pause(): void;
  resume(): void;
  reconnect(): void;
  /** The server takes this token, but whose it is, is not whom we work for: another one is needed. */
  refuse(why: string): void;
  stop(): void;
}

/** Keeps one session alive over as many sockets as it takes: token, hello, heartbeat, back-off. */
export function createConnection(
  url: string,
  tokens: Tokens,
  outside: Surroundings,
  listener: ConnectionListener,
): Connection {
  let state: ConnectionState = { status: 'connecting', detail: '' };
  let socket: Socket | undefined;
  let token: string | undefined;
  /** The one this connection began with. */
  let greeted: string | undefined;
  /** The token that will not do; `atOnce`: with it, there is no connection at all. */
  let denied: { readonly token: string | undefined; readonly atOnce?: boolean } | undefined;
  let online = false;
  let leaving = false;
  let paused = false;
  let attempt = 0;
  let dials = 0;
  let beats = 0;
  let heardAt = 0;
  let messages = 0;
  let pingedAt = 0;
  let notBefore = 0;
  let everyMs = 0;
  let reason = '';
  let cancelTimer = () => {};
  let cancelRenewal = () => {};

  function tell(event: StatusEvent | undefined, more: Partial<ConnectionState> = {}): void {
    const status = event === undefined ? state.status : nextStatus(state.status, event);
    state = { ...state, ...more, status };
    listener.state(state);
  }

  function timer(ms: number, run: () => void): void {
    cancelTimer();
    cancelTimer = outside.after(ms, run);
  }

  async function dial(): Promise<void> {
    if (paused || state.status === 'closed') return;
    dials += 1;
    const own = dials;
    state = { ...state, retryAt: undefined };
    let failed = lost;
    try {
      const client = await listener.client();
      failed = deny;
      const fresh = await tokens.get();
      if (own !== dials) return;
      if (denied !== undefined && denied.token === fresh) return deny();
      token = fresh;
      failed = lost;
      open(client);
    } catch (error) {
      if (own !== dials) return;
      reason = failed === deny ? `token: ${error} (expected: one)` : String(error);
      failed();
    }
  }

  function open(client: string): void {
    denied &&= { token: denied.token };
    tell('dialled', { detail: reason, retryAt: undefined });
    timer(WELCOME_WITHIN_MS, lost);
    const own = outside.socket(url, PROTOCOL);
    socket = own;
    leaving = false;
    const ifCurrent = (run: () => void) => () => {
      if (socket === own) run();
    };
    own.onopen = ifCurrent(() => {
      greeted = token;
      send(token === undefined ? { t: 'hello', client } : { t: 'hello', client, token });
    });
    own.onclose = ifCurrent(lost);
    own.onerror = () => {};
    own.onmessage = event => {
      if (socket === own) heard(event.data);
    };
  }

  function heard(data: unknown): void {
    heardAt = outside.now();
    messages += 1;
    let frame: ServerFrame | undefined;
    try {
      frame = decode(data);
    } catch (error) {
      reason = String(error);
      return lost();
    }
    if (frame === undefined) return;
    listener.traffic?.('in', frame);
    if (frame.t === 'welcome') return welcomed(frame);
    if (frame.t === 'goaway') return sentAway(frame);
    if (frame.t === 'pong') tell(undefined, { latencyMs: heardAt - pingedAt });
    if (frame.t === 'error') {
      reason = frame.detail;
      if (frame.code === 'unauthenticated' && frame.re === 'hello') denied = { token, atOnce: true };
    }
    if (!online) return;
    listener.frame(frame);
    tick();
  }

  function welcomed(welcome: Welcome): void {
    online = true;
    notBefore = 0;
    reason = '';
    denied = undefined;
    everyMs = Math.max(welcome.heartbeatMs, 1000);
    tell('welcomed', { detail: '' });
    renewIn(welcome.serverTime - outside.now());
    listener.up(welcome);
    ping();
  }

  /** Twice per heartbeat a ping; two heartbeats of silence are a dead connection. */
  function ping(): void {
    beats += 1;
    pingedAt = outside.now();
    send({ t: 'ping', n: beats });
    timer(everyMs / 2, beat);
  }

  function beat(): void {
    if (outside.now() - heardAt > 2 * everyMs) return lost();
    // Only a connection that lasts makes the next attempt a first one: a server that hangs up at once is not hammered.
    attempt = 0;
    ping();
  }

  /** The timers of hidden pages are held back; messages are not. */
  function tick(): void {
    const now = outside.now();
    if (online && !leaving && now - pingedAt > everyMs / 2) beat();
    if (state.retryAt === undefined || now < state.retryAt) return;
    release();
    void dial();
  }

  /** `skew`: how far the server's clock is ahead of ours. */
  function renewIn(skew: number): void {
    cancelRenewal();
    const { expires } = claimsOf(token);
    if (expires === undefined || !tokens.renewable) return;
    const left = expires - skew - outside.now();
    const early = Math.min(RENEW_BEFORE_MS, left / 5);
    cancelRenewal = outside.after(Math.max(1000, left - early), () => void renew(skew));
  }

  async function renew(skew: number): Promise<void> {
    const fresh = await tokens.get().catch(() => token);
    if (!online) return;
    if (fresh !== undefined && fresh !== token) announce(fresh);
    renewIn(skew);
  }

  function announce(fresh: string): void {
    token = fresh;
    send({ t: 'refresh', token: fresh });
  }

  /** The server still finishes what is under way; it closes the socket, or we do when the time has come. */
  function sentAway(frame: GoAway): void {
    reason = frame.detail;
    leaving = true;
    if (frame.code === 'expired' || frame.code === 'revoked') denied = { token, atOnce: !online };
    if (frame.code === 'draining') tell('drained', { detail: reason });
    notBefore = outside.now() + frame.retryAfterMs;
    timer(frame.retryAfterMs, lost);
  }

  function deny(): void {
    release();
    tell('denied', { detail: reason });
    again();
  }

  function lost(): void {
    release();
    if (paused || state.status === 'closed') return;
    tell(denied?.atOnce ? 'denied' : 'lost', { detail: reason });
    again();
  }

  function again(): void {
    // Nothing newer can come by itself: `refresh` dials.
    if (denied !== undefined && !tokens.renewable) return tell('denied');
    const invited = attempt === 0 && notBefore > 0;
    const pause = Math.max(notBefore - outside.now(), invited ? 0 : backOff(attempt, outside.random()));
    attempt += 1;
    tell(undefined, { retryAt: outside.now() + pause });
    timer(pause, dial);
  }

  function release(): void {
    dials += 1;
    cancelTimer();
    cancelRenewal();
    const own = socket;
    socket = undefined;
    own?.close();
    if (online) {
      online = false;
      tell(undefined, { latencyMs: undefined });
      listener.down();
    }
  }

  function send(frame: ClientFrame): void {
    // Who has sent us away hears no more, and may hang up at any moment; what has no receipt goes again over the next connection.
    if (socket === undefined || leaving) return;
    listener.traffic?.('out', frame);
    socket.send(JSON.stringify(frame));
  }

  function reconnect(): void {
    if (paused || state.status === 'closed') return;
    release();
    timer(Math.max(0, notBefore - outside.now()), dial);
  }

  timer(0, dial);
  return {
    state: () => state,
    send,
    reconnect,
    refuse(why) {
      denied = { token: greeted };
      reason = why;
      deny();
    },
    refresh(fresh) {
      tokens.put(fresh);
      if (online) announce(fresh);
      else reconnect();
    },
    tick,
    wake() {
      if (online && leaving) return lost();
      if (!online) return reconnect();
      const before = messages;
      ping();
      outside.after(PROBE_MS, () => {
        if (online && messages === before) lost();
      });
    },
    pause() {
      paused = true;
      release();
      tell('paused', { detail: 'paused', retryAt: undefined });
    },
    resume() {
      paused = false;
      attempt = 0;
      reconnect();
    },
    stop() {
      release();
      tell('closed', { detail: '', retryAt: undefined });
    },
  };
}
