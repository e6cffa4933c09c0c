import type { Socket } from './api.js';
import {
  type ClientFrame,
  decode,
  type Failed,
  type GoAway,
  PASSING,
  type ServerFrame,
  type Welcome,
} from './frames.js';
import { createHeartbeat } from './heartbeat.js';
import { createRenewal } from './renewal.js';
import { nextStatus, type StatusEvent } from './status.js';
import { backOff, type Surroundings } from './surroundings.js';
import type { Tokens } from './tokens.js';
import type { Connection, ConnectionListener, ConnectionState } from './wire.js';

const PROTOCOL = 'holdfast.v1';
const WELCOME_WITHIN_MS = 10_000;
/** A source may take as long as it likes; after so long, others are asked for a token as well. */
const TOKEN_WITHIN_MS = 15_000;
/** A token the server was not asked about after all, or did not know yet. */
const TELL_AGAIN_MS = 5000;
const DENIED_MS = 60_000;
/** However long a server wants us to stay away. */
const LONGEST_WAIT_MS = 300_000;

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
  /** The token that will not do for a while; `atOnce`: with it, there is no connection at all. */
  let denied: { readonly token: string | undefined; readonly until: number; readonly atOnce?: boolean } | undefined;
  let online = false;
  let leaving = false;
  let paused = false;
  let attempt = 0;
  let dials = 0;
  let notBefore = 0;
  let reason = '';
  let cancelTimer = () => {};
  let cancelTelling = () => {};
  let telling = false;
  const heartbeat = createHeartbeat(outside, {
    send,
    // Only a connection that lasts makes the next attempt a first one: a server that hangs up at once is not hammered.
    lasts() {
      attempt = 0;
    },
    dead: lost,
  });
  const renewal = createRenewal(outside, tokens, () => token, announce);

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
      const cancel = outside.after(TOKEN_WITHIN_MS, () => {
        if (own === dials) tell('denied', { detail: 'token: no answer yet (expected: one)' });
      });
      const fresh = await tokens.get().finally(cancel);
      if (own !== dials) return;
      if (denied !== undefined && denied.token === fresh && outside.now() < denied.until) return deny();
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
    denied &&= { ...denied, atOnce: false };
    // A token that was refused is tried once more in silence.
    const isDenied = denied !== undefined && denied.token === token;
    tell(isDenied ? undefined : 'dialled', { detail: reason, retryAt: undefined });
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
    heartbeat.heard();
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
    if (frame.t === 'error') failed(frame);
    if (!online) return;
    if (frame.t === 'pong') {
      const latencyMs = heartbeat.answered(frame);
      if (latencyMs !== undefined) tell(undefined, { latencyMs });
    }
    // That a token was not looked at is no news for others.
    if (frame.t !== 'error' || frame.re !== 'refresh') listener.frame(frame);
    tick();
  }

  function failed({ code, detail, re, entity }: Failed): void {
    reason = detail;
    if (code === 'unauthenticated' && re === 'hello') refused(token, true);
    // It may be the token that was passed over, for which there is no other answer.
    const ofToken = re === 'refresh' || (re === undefined && entity === undefined);
    if (!ofToken || !PASSING.has(code) || token === greeted || telling) return;
    telling = true;
    cancelTelling = outside.after(TELL_AGAIN_MS, () => {
      telling = false;
      announce(token as string);
    });
  }

  function welcomed(welcome: Welcome): void {
    online = true;
    notBefore = 0;
    reason = '';
    cancelTimer();
    renewal.start(welcome.serverTime - outside.now());
    listener.up(welcome);
    heartbeat.start(welcome.heartbeatMs);
  }

  /** The timers of hidden pages are held back; messages are not. */
  function tick(): void {
    if (online && !leaving) heartbeat.tick();
    if (state.retryAt === undefined || outside.now() < state.retryAt) return;
    release();
    void dial();
  }

  function announce(fresh: string): void {
    token = fresh;
    send({ t: 'refresh', token: fresh });
  }

  /** The server still finishes what is under way; it closes the socket, or we do when the time has come. */
  function sentAway(frame: GoAway): void {
    reason = frame.detail;
    leaving = true;
    heartbeat.stop();
    // One that was told meanwhile may not have been looked at yet.
    const isJudged = !online || token === greeted;
    if ((frame.code === 'expired' || frame.code === 'revoked') && isJudged) refused(token, !online);
    if (frame.code === 'draining') tell('drained', { detail: reason });
    const wait = Math.min(frame.retryAfterMs, LONGEST_WAIT_MS);
    notBefore = outside.now() + wait;
    timer(wait, lost);
  }

  function refused(what: string | undefined, atOnce: boolean): void {
    denied = { token: what, until: outside.now() + DENIED_MS, atOnce };
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
    const now = outside.now();
    const invited = attempt === 0 && notBefore > 0;
    let pause = Math.max(notBefore - now, invited ? 0 : backOff(attempt, outside.random()));
    // Nothing newer can come by itself: `refresh` dials.
    if (denied !== undefined && denied.token === token && !tokens.renewable) {
      tell('denied');
      pause = Math.max(pause, denied.until - now);
    }
    attempt += 1;
    tell(undefined, { retryAt: now + pause });
    timer(pause, dial);
  }

  function release(): void {
    dials += 1;
    cancelTimer();
    renewal.stop();
    cancelTelling();
    telling = false;
    heartbeat.stop();
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
    const was = online;
    release();
    if (was) tell('dialled');
    timer(Math.max(0, notBefore - outside.now()), dial);
  }

  timer(0, dial);
  return {
    state: () => state,
    send,
    reconnect,
    admit() {
      if (leaving) return;
      denied = undefined;
      tell('welcomed', { detail: '' });
    },
    refuse(why) {
      refused(greeted, false);
      reason = why;
      deny();
    },
    refresh(fresh) {
      tokens.put(fresh);
      if (online && !leaving) announce(fresh);
      else reconnect();
    },
    tick,
    wake() {
      if (online && leaving) return lost();
      if (!online) return reconnect();
      heartbeat.probe();
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
