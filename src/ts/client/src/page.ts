import type { Refusal } from './api.js';
import { type Changes, refusalOf } from './changes.js';
import type { Command, Outcome, Settled } from './command.js';
import type { EntityFrame } from './frames.js';
import type { News, Position } from './messages.js';
import { obtain } from './obtain.js';
import type { Op } from './patch.js';
import { type Confirmed, hasNoReceipt, type Pending } from './pending.js';
import type { Board } from './presence.js';
import {
  caughtUp,
  decided,
  disconnected,
  doubted,
  type EntityState,
  left,
  opened,
  received,
  rewritten,
  sent,
  shownOf,
  submitted,
  unsent,
} from './reducer.js';
import type { Replica, Replicas } from './replicas.js';
import type { Surroundings } from './surroundings.js';
import { tellAll } from './tell.js';

/** What one page has of an entity. */
export interface Shelf {
  readonly replica: Replica;
  readonly board: Board;
  readonly refusals: Set<(refusal: Refusal) => void>;
  /** The command will have no effect. */
  forget(id: string): void;
}

/** What a page shows, as far as the outside tells it: news of the session, and commands of all pages. */
export interface Page {
  /** True: what we have does not fit, the whole document is needed. */
  hear(news: News): boolean;
  position(entity: string): Position | undefined;
  /** Whether anybody here has opened it, or changed it. */
  has(entity: string): boolean;
  /** The entity as the server has it, while we follow it. */
  live(entity: string): Confirmed | undefined;
  presence(entity: string): EntityFrame;
  /** Nobody here observes it any more. */
  left(entity: string): void;
  /** What became of those that are settled already: whoever still has them has not heard of that. The others are shown. */
  submitted(commands: readonly Command[]): Settled;
  /** Another page leads: who led before may have sent and heard what it did not come to tell. */
  doubt(isKept: (id: string) => boolean): void;
  /** Those among these commands of the outbox that have no number were never on the wire. */
  unsent(kept: readonly Command[]): void;
  /** It is settled, and nobody told us how: what is confirmed shows that. No refusal is told, for it may have been accepted. */
  gone(command: Command): void;
  /** What is shown without a receipt. */
  pending(): readonly Pending[];
  rewritten(command: Command, ops: readonly Op[]): void;
}

/** Commands of other pages may be heard of after they are settled; not much later. */
const MOST_REMEMBERED = 10_000;

/** Whoever heard the receipt is gone and did not tell us. */
const UNHEARD: Outcome = { version: 0, code: 'unavailable', detail: 'outcome: not heard of (expected: a receipt)' };

/** Putting pending commands on top of what others did may take this share of the time, always a few milliseconds, and waits no longer than this. */
const REST = 4;
const FREE_MS = 4;
const MOST_REST_MS = 1000;

/** `seen`: there is a command with that id. `onBehalf`: tells of that command's refusal, if it is this page that has to. */
export function createPage(
  outside: Pick<Surroundings, 'now' | 'after'>,
  replicas: Replicas,
  shelf: (entity: string) => Shelf,
  changes: Changes,
  seen: (id: string) => void,
  onBehalf: (id: string, tell: () => void) => void,
): Page {
  const outcomes = new Map<string, Outcome>();
  /** Entities that took long to show, and are not shown anew for a while. */
  const resting = new Set<string>();
  const stateOf = (entity: string) => shelf(entity).replica.state;

  function update(entity: string, next: (state: EntityState) => EntityState): void {
    const { replica } = shelf(entity);
    replicas.update(replica, next(replica.state));
  }

  /** Takes a step; after a long one, what comes next waits for a while. */
  function timed(entity: string, next: (state: EntityState) => EntityState): void {
    const start = outside.now();
    update(entity, next);
    const took = outside.now() - start;
    if (took <= FREE_MS) return;
    resting.add(entity);
    outside.after(Math.min(took * REST, MOST_REST_MS), () => {
      resting.delete(entity);
      timed(entity, caughtUp);
    });
  }

  function remember(id: string, outcome: Outcome): void {
    outcomes.set(id, outcome);
    if (outcomes.size > MOST_REMEMBERED) outcomes.delete(outcomes.keys().next().value as string);
  }

  function forget(entity: string, settled: Settled): void {
    for (const [id, outcome] of settled) if ('code' in outcome) shelf(entity).forget(id);
  }

  function announce(entity: string, before: EntityState, settled: Settled): void {
    for (const [id, outcome] of settled) {
      remember(id, outcome);
      // What nobody remembers may have been accepted.
      if (!('code' in outcome) || outcome.code === 'expired-client') continue;
      const command = before.pending.find(one => one.id === id);
      if (command === undefined) continue;
      onBehalf(id, () => tellAll(shelf(entity).refusals, refusalOf(command, outcome, shownOf(before))));
    }
    changes.settled(settled);
  }

  function hear(news: News): boolean {
    switch (news.m) {
      case 'opening':
        update(news.entity, opened);
        break;
      case 'heard': {
        const { frame, settled, epoch } = news;
        const entity = frame.entity as string;
        if (frame.t === 'presence') shelf(entity).board.heard(frame);
        const before = stateOf(entity);
        const later = resting.has(entity);
        let reload = false;
        forget(entity, settled);
        timed(entity, state => {
          const step = received(state, frame, settled, epoch, later);
          reload = step.reload;
          return step.state;
        });
        announce(entity, before, settled);
        return reload;
      }
      case 'settled': {
        if (!replicas.has(news.entity)) {
          for (const [id, outcome] of news.settled) remember(id, outcome);
          break;
        }
        const before = stateOf(news.entity);
        forget(news.entity, news.settled);
        update(news.entity, state => decided(state, news.settled));
        announce(news.entity, before, news.settled);
        break;
      }
      case 'sending':
        for (const entity of new Set(news.commands.map(command => command.entity))) {
          if (replicas.has(entity)) update(entity, state => sent(state, news.commands));
        }
        break;
      case 'down':
        for (const { name } of replicas.all()) {
          update(name, disconnected);
          shelf(name).board.clear();
        }
    }
    return false;
  }

  return {
    hear,
    position(entity) {
      const { known, confirmed } = stateOf(entity);
      return known ? { epoch: confirmed.epoch, version: confirmed.version } : undefined;
    },
    has: replicas.has,
    live: entity => (stateOf(entity).following === 'yes' ? stateOf(entity).confirmed : undefined),
    presence: entity => shelf(entity).board.frame(),
    left(entity) {
      update(entity, left);
      shelf(entity).board.clear();
    },
    submitted(commands) {
      const open = commands.filter(({ id }) => !outcomes.has(id));
      for (const { id } of open) seen(id);
      for (const [entity, own] of byEntity(open)) update(entity, state => submitted(state, own));
      return commands.flatMap(({ id }) => {
        const outcome = outcomes.get(id);
        return outcome === undefined ? [] : [[id, outcome] as const];
      });
    },
    doubt(isKept) {
      for (const { name } of replicas.all()) update(name, state => doubted(state, ({ id }) => isKept(id)));
    },
    unsent(kept) {
      const numbered = new Set(kept.flatMap(({ id, seq }) => (seq === undefined ? [] : [id])));
      for (const [entity, own] of byEntity(kept.filter(({ id }) => !numbered.has(id)))) {
        const ids = new Set(own.map(({ id }) => id));
        update(entity, state => unsent(state, ids));
      }
    },
    gone({ id, entity }) {
      update(entity, state => decided(state, [[id, UNHEARD]]));
      changes.settled([[id, UNHEARD]]);
    },
    pending: () => [...replicas.all()].flatMap(({ state }) => state.pending.filter(hasNoReceipt)),
    rewritten: ({ id, entity }, ops) => update(entity, state => rewritten(state, id, ops)),
  };
}

function byEntity(commands: readonly Command[]): ReadonlyMap<string, readonly Command[]> {
  const entities = new Map<string, Command[]>();
  for (const command of commands) obtain(entities, command.entity, () => []).push(command);
  return entities;
}
