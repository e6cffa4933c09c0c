import type { Refusal } from './api.js';
import { type Changes, refusalOf } from './changes.js';
import type { Command, Settled } from './command.js';
import type { EntityFrame } from './frames.js';
import type { Numbered } from './outbox.js';
import type { Op } from './patch.js';
import type { Board } from './presence.js';
import {
  type Confirmed,
  decided,
  disconnected,
  left,
  opened,
  received,
  rewritten,
  sent,
  shownOf,
  submitted,
} from './reducer.js';
import type { Replica, Replicas } from './replicas.js';
import { tellAll } from './tell.js';

/** What one page has of an entity besides its replica. */
export interface Shelf {
  readonly replica: Replica;
  readonly board: Board;
  readonly refusals: Set<(refusal: Refusal) => void>;
  /** The command will have no effect. */
  forget(id: string): void;
}

/** What a page shows, as far as the outside tells it: frames, settled commands, commands of other pages. */
export interface Page {
  opening(entity: string): { readonly epoch: number; readonly version: number } | undefined;
  /** The entity as the server has it, while we follow it. */
  live(entity: string): Confirmed | undefined;
  /** True if the whole document has to be asked for. */
  heard(frame: EntityFrame, settled: Settled, epoch?: number): boolean;
  settled(entity: string, settled: Settled): void;
  sending(commands: readonly Pick<Numbered, 'id' | 'entity' | 'seq'>[]): void;
  presence(entity: string): EntityFrame;
  /** Nobody here observes it any more. */
  left(entity: string): void;
  submitted(command: Command): void;
  rewritten(command: Command, ops: readonly Op[]): void;
  down(): void;
}

/** Commands of other pages may be heard of after they are settled; not much later. */
const MOST_REMEMBERED = 10_000;

/** `answersFor`: whether this page tells of the refusal of that command. */
export function createPage(
  replicas: Replicas,
  shelf: (entity: string) => Shelf,
  changes: Changes,
  answersFor: (id: string) => boolean,
): Page {
  const settledBefore = new Set<string>();

  function remember(id: string): void {
    settledBefore.add(id);
    if (settledBefore.size > MOST_REMEMBERED) settledBefore.delete(settledBefore.values().next().value as string);
  }

  function announce(entity: string, before: Replica['state'], settled: Settled): void {
    for (const [id, outcome] of settled) {
      remember(id);
      if (!('code' in outcome)) continue;
      shelf(entity).forget(id);
      const command = before.pending.find(one => one.id === id);
      if (command === undefined || !answersFor(id)) continue;
      tellAll(shelf(entity).refusals, refusalOf(command, outcome, shownOf(before)));
    }
    changes.settled(settled);
  }

  return {
    opening(entity) {
      const { replica } = shelf(entity);
      replicas.update(replica, opened(replica.state));
      const { known, confirmed } = replica.state;
      return known ? { epoch: confirmed.epoch, version: confirmed.version } : undefined;
    },
    live(entity) {
      const { state } = shelf(entity).replica;
      return state.following === 'yes' ? state.confirmed : undefined;
    },
    heard(frame, settled, epoch) {
      const entity = frame.entity as string;
      const { replica, board } = shelf(entity);
      if (frame.t === 'presence') board.heard(frame);
      const before = replica.state;
      const step = received(before, frame, settled, epoch);
      replicas.update(replica, step.state);
      announce(entity, before, settled);
      return step.reload;
    },
    settled(entity, settled) {
      const { replica } = shelf(entity);
      const before = replica.state;
      replicas.update(replica, decided(before, settled));
      announce(entity, before, settled);
    },
    sending(commands) {
      for (const { id, entity, seq } of commands) {
        const { replica } = shelf(entity);
        replicas.update(replica, sent(replica.state, new Map([[id, seq]])));
      }
    },
    presence: entity => shelf(entity).board.frame(),
    left(entity) {
      const { replica, board } = shelf(entity);
      replicas.update(replica, left(replica.state));
      board.clear();
    },
    submitted(command) {
      if (settledBefore.has(command.id)) return;
      const { replica } = shelf(command.entity);
      replicas.update(replica, submitted(replica.state, command));
    },
    rewritten({ id, entity }, ops) {
      const { replica } = shelf(entity);
      replicas.update(replica, rewritten(replica.state, id, ops));
    },
    down() {
      for (const replica of replicas.all()) {
        replicas.update(replica, disconnected(replica.state));
        shelf(replica.name).board.clear();
      }
    },
  };
}
