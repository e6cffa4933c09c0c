import { IDBFactory } from 'fake-indexeddb';
import type { Channel, Locks, Surroundings } from '../src/surroundings.js';
import type { World } from './world.js';

/** One browser on one device: pages that share a database, locks and channels, and can be frozen or killed. */
export interface Device {
  readonly storage: IDBFactory;
  page(): DevicePage;
}

export interface DevicePage {
  readonly surroundings: Surroundings;
  /** Runs nothing of the page until `thaw`: timers, messages and frames wait. */
  freeze(): void;
  thaw(): void;
  /** The page is closed by its user: it may still say a word, and is gone. */
  leave(): void;
  /** What it says to other pages is lost from now on. */
  mute(): void;
  /** The page is gone, in the middle of whatever it did. */
  kill(): void;
}

interface Holder {
  readonly page: Life;
  readonly end: (error?: Error) => void;
}

interface Lock {
  holder: Holder | undefined;
  readonly queue: { readonly page: Life; readonly grant: () => void }[];
}

interface Life {
  run(work: () => void): void;
  readonly alive: () => boolean;
  readonly mute: () => boolean;
  readonly onDeath: Set<() => void>;
}

export function createDevice(world: World, storage: IDBFactory = new IDBFactory()): Device {
  const channels = new Map<string, Set<{ readonly life: Life; readonly channel: Channel }>>();
  const locks = new Map<string, Lock>();

  function lockOf(name: string): Lock {
    const known = locks.get(name) ?? { holder: undefined, queue: [] };
    locks.set(name, known);
    return known;
  }

  function locksOf(life: Life): Locks {
    return {
      request(name, { steal = false }, hold) {
        const lock = lockOf(name);
        return new Promise<void>((resolve, reject) => {
          const next = () => {
            lock.holder = undefined;
            lock.queue.shift()?.grant();
          };
          const grant = () => {
            if (!life.alive()) return next();
            let over = false;
            const holder: Holder = {
              page: life,
              end(error) {
                if (over) return;
                over = true;
                if (error !== undefined) return life.run(() => reject(error));
                next();
                life.run(resolve);
              },
            };
            lock.holder = holder;
            life.onDeath.add(() => holder.end());
            life.run(() => void hold().then(() => holder.end()));
          };
          if (steal) {
            const robbed = lock.holder;
            lock.holder = undefined;
            robbed?.end(new DOMException('stolen', 'AbortError'));
            grant();
          } else if (lock.holder === undefined) {
            lock.holder = { page: life, end: () => {} };
            world.deliver(grant);
          } else lock.queue.push({ page: life, grant });
        });
      },
    };
  }

  function channelOf(life: Life, name: string): Channel {
    const members = channels.get(name) ?? new Set();
    channels.set(name, members);
    const channel: Channel = {
      onmessage: null,
      postMessage(message) {
        if (!life.alive() || life.mute()) return;
        if (!members.has(own)) throw new DOMException('channel: closed', 'InvalidStateError');
        for (const member of members) {
          if (member.channel === channel) continue;
          const data: unknown = structuredClone(message);
          world.deliver(() => member.life.run(() => members.has(member) && member.channel.onmessage?.({ data })));
        }
      },
      close: () => void members.delete(own),
    };
    const own = { life, channel };
    members.add(own);
    life.onDeath.add(() => members.delete(own));
    return channel;
  }

  return {
    storage,
    page() {
      let [alive, frozen, mute] = [true, false, false];
      let waiting: (() => void)[] = [];
      const leaving = new Set<() => void>();
      const life: Life = {
        onDeath: new Set(),
        alive: () => alive,
        mute: () => mute,
        run(work) {
          if (!alive) return;
          if (frozen) waiting.push(work);
          else work();
        },
      };
      const base = world.page();
      const surroundings: Surroundings = {
        ...base,
        after: (ms, run) => base.after(ms, () => life.run(run)),
        idle: run => base.idle(() => life.run(run)),
        onLeave(listener) {
          leaving.add(listener);
          return () => leaving.delete(listener);
        },
        onAwake: listener => base.onAwake(awake => life.run(() => listener(awake))),
        socket(url, protocol) {
          const socket = base.socket(url, protocol);
          const inLife = guarded(socket, life);
          life.onDeath.add(() => socket.close());
          return inLife;
        },
        storage: mortal(storage, life),
        locks: locksOf(life),
        channel: name => channelOf(life, name),
      };
      const kill = () => {
        alive = false;
        for (const end of life.onDeath) end();
      };
      return {
        ...{ surroundings, kill },
        leave() {
          for (const listener of leaving) listener();
          kill();
        },
        freeze() {
          frozen = true;
        },
        thaw() {
          frozen = false;
          const due = waiting;
          waiting = [];
          for (const work of due) life.run(work);
        },
        mute() {
          mute = true;
        },
      };
    },
  };
}

/** The storage, whose databases are changed as they are opened. */
export function whenOpened(storage: IDBFactory, change: (database: IDBDatabase) => void): IDBFactory {
  return new Proxy(storage, {
    get(target, name) {
      if (name !== 'open') return Reflect.get(target, name);
      return (...args: Parameters<IDBFactory['open']>) => {
        const opening = target.open(...args);
        opening.addEventListener('success', () => change(opening.result));
        return opening;
      };
    },
  });
}

/** The storage as a page has it: what it wrote and was not complete when it died was never written. */
function mortal(storage: IDBFactory, life: Life): IDBFactory {
  return whenOpened(storage, database => mourn(database, life));
}

function mourn(database: IDBDatabase, life: Life): void {
  const begin = database.transaction.bind(database);
  const onlyAlive = (event: Event) => {
    if (!life.alive()) event.stopImmediatePropagation();
  };
  database.transaction = (...args: Parameters<IDBDatabase['transaction']>) => {
    const transaction = begin(...args);
    const abort = () => transaction.abort();
    for (const what of ['success', 'error', 'complete', 'abort']) transaction.addEventListener(what, onlyAlive, true);
    for (const end of ['complete', 'abort']) transaction.addEventListener(end, () => life.onDeath.delete(abort));
    if (life.alive()) life.onDeath.add(abort);
    else abort();
    return transaction;
  };
}

/** The socket of a page: what arrives waits while the page is frozen, and never arrives when it is dead. */
function guarded(socket: ReturnType<Surroundings['socket']>, life: Life): ReturnType<Surroundings['socket']> {
  type Handler = ((event: never) => void) | null;
  const later =
    (handler: Handler): Handler =>
    (event: never) =>
      life.run(() => handler?.(event));
  return {
    set onopen(handler: Handler) {
      socket.onopen = later(handler);
    },
    set onclose(handler: Handler) {
      socket.onclose = later(handler);
    },
    set onerror(handler: Handler) {
      socket.onerror = later(handler);
    },
    set onmessage(handler: ((event: { readonly data: unknown }) => void) | null) {
      socket.onmessage = event => life.run(() => handler?.(event));
    },
    send: text => {
      if (life.alive()) socket.send(text);
    },
    close: () => socket.close(),
  };
}
