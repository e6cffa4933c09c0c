import type { Change, Entity, Refusal, UpdateOptions } from './api.js';
import { createEditable } from './editable.js';
import type { Json } from './json.js';
import type { Kinds } from './kinds.js';
import type { Info, Watch } from './messages.js';
import { obtain } from './obtain.js';
import type { Shelf } from './page.js';
import type { Op } from './patch.js';
import { createBoard } from './presence.js';
import { initialState, restored } from './reducer.js';
import type { Replica, Replicas } from './replicas.js';
import type { Storage } from './storage.js';
import type { Surroundings } from './surroundings.js';
import { listen } from './tell.js';
import type { Relay } from './way.js';

/** An entity nobody observes any more is followed for so long: often somebody comes back at once. */
const LINGER_MS = 1000;
/** So many documents that only other pages use stay in memory; older ones are read again when they are used here. */
const MOST_IDLE = 200;
const SWEEP_EVERY = 25;

/** The entities of a page: what applications hold of them, and what is behind it. */
export interface Seats {
  of(name: string): Seat;
  /** For the application, which may keep it. */
  handOut(name: string): Entity;
  /** Something of the entity is shown differently. */
  changed(replica: Replica): void;
}

export interface Seat extends Shelf {
  readonly entity: Entity;
  /** Whether only other pages have used it, and it has a document nobody needs. */
  isIdle(): boolean;
  handOut(): Entity;
  /** Its document is not needed any more. */
  letGo(): void;
}

export interface SeatSetting {
  readonly outside: Surroundings;
  readonly tab: string;
  readonly replicas: Replicas;
  readonly storage: Promise<Storage>;
  submit(replica: Replica, ops: readonly Op[], options: UpdateOptions | undefined, recorded: boolean): Change;
  useRelay(use: (relay: Relay) => void): void;
  /** Resolves when the commands of earlier pages are shown. */
  earlier(): Promise<void>;
  readonly kinds: Kinds;
  info(): Info;
}

export function createSeats(setting: SeatSetting): Seats {
  const { outside, replicas, storage, kinds } = setting;
  const seats = new Map<string, Seat>();
  const kept = new WeakSet<object>();

  async function recall(replica: Replica): Promise<void> {
    const { cache } = await storage;
    // Shown without them, it would take back for a moment what was seen before.
    const [confirmed] = await Promise.all([cache?.load(replica.name), setting.earlier()]);
    if (confirmed === undefined) return;
    replicas.update(replica, restored(replica.state, confirmed));
    kept.add(replica.state.base);
  }

  function createSeat(name: string): Seat {
    const replica = replicas.of(name);
    const refusals = new Set<(refusal: Refusal) => void>();
    let recalled: Promise<void> | undefined = recall(replica);
    let handedOut = false;
    let [observers, attendants] = [0, 0];
    let wanted: Watch | undefined;

    function sync(): void {
      const next = observers === 0 ? undefined : attendants > 0;
      if (wanted === next) return;
      wanted = next;
      // Who knows what was kept asks for what it missed, not for the whole.
      recalled ??= recall(replica);
      void recalled.then(() => setting.useRelay(relay => relay.watch(name, next)));
    }

    function observe(attends: number): () => void {
      observers += 1;
      attendants += attends;
      sync();
      let there = true;
      const leave = () => {
        observers -= 1;
        attendants -= attends;
        sync();
      };
      return () => {
        if (there) outside.after(LINGER_MS, leave);
        there = false;
      };
    }

    const editable = createEditable<Json>(replica, {
      observe: () => observe(0),
      keys: () => kinds.known(name) ?? {},
      now: outside.now,
      submit: (ops, options, recorded) => setting.submit(replica, ops, options, recorded),
    });
    const board = createBoard(
      name,
      () => setting.info().session,
      () => observe(1),
      data =>
        setting.useRelay(relay =>
          relay.request({ m: 'present', tab: setting.tab, entity: name, data, at: outside.now() }),
        ),
    );
    const entity = Object.assign(editable, {
      delete: (options?: UpdateOptions) => editable.patch([{ op: 'remove', path: '' }], options),
      presence: board.presence,
      onRefused: (listener: (refusal: Refusal) => void) => listen(refusals, listener),
    });
    void kinds.load(name);
    return {
      ...{ replica, board, refusals, forget: editable.forget, entity },
      isIdle() {
        const { known, following, pending } = replica.state;
        return !handedOut && known && following === 'no' && pending.length === 0;
      },
      handOut() {
        handedOut = true;
        recalled ??= recall(replica);
        return entity;
      },
      letGo() {
        recalled = undefined;
        replicas.update(replica, initialState(name));
      },
    };
  }

  /** Lets go of the documents that are idle, the oldest first. */
  function sweep(): void {
    const idle = [...seats.values()].filter(seat => seat.isIdle());
    for (const seat of idle.slice(0, Math.max(0, idle.length - MOST_IDLE))) seat.letGo();
  }

  async function keep({ name, state: { known, ended, base, pending } }: Replica): Promise<void> {
    const lost = ended?.code === 'forbidden';
    // The next page would show once more what is in it already.
    if (!lost && pending.some(({ covered }) => covered)) return;
    // The page that leads hears the server itself, and keeps what it says.
    if ((kept.has(base) && !lost) || !known || !setting.info().leader) return;
    kept.add(base);
    const { cache } = await storage;
    if (lost) cache?.drop(name);
    else cache?.note(name, base);
  }

  function of(name: string): Seat {
    if (!seats.has(name) && seats.size % SWEEP_EVERY === 0) sweep();
    return obtain(seats, name, createSeat);
  }

  return {
    of,
    handOut: name => of(name).handOut(),
    changed: replica => void keep(replica),
  };
}
