import type { ConnectionInfo, ConnectOptions, Holdfast } from './api.js';
import { createDesk } from './desk.js';
import type { Control } from './messages.js';
import { platform, type Surroundings } from './surroundings.js';
import { listen } from './tell.js';

/** Connects, and stays connected until `close`. */
export function connect(options: ConnectOptions): Holdfast {
  return connectIn(platform(options.WebSocket), options);
}

/** `connect` in given surroundings. */
export function connectIn(outside: Surroundings, options: ConnectOptions): Holdfast {
  const desk = createDesk(outside, options);
  const control = (what: Control) => () => desk.relay(relay => relay.request({ m: 'control', control: what }));
  return {
    get client() {
      return desk.client();
    },
    get status() {
      return desk.info().status;
    },
    connection: {
      get: desk.info,
      subscribe: listener => listen<ConnectionInfo>(desk.connectionListeners, listener),
    },
    entity: name => desk.seats.of(name).entity as never,
    local: (name, given) => desk.local(name, given as never) as never,
    pending: desk.pending,
    subscribePending: listener => listen(desk.pendingListeners, listener),
    refresh: token => desk.relay(relay => relay.request({ m: 'refresh', token })),
    pause: control('pause'),
    resume: control('resume'),
    reconnect: control('reconnect'),
    close: desk.close,
  };
}
