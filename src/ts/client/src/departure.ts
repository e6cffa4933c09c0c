import type { Command, Numbered, Outcome } from './command.js';
import { type Errand, tooLarge } from './errand.js';
import type { Mutate, Welcome } from './frames.js';
import type { SessionHost } from './host.js';
import { EMPTY, framesOf, posted } from './mail.js';
import type { Surroundings } from './surroundings.js';
import type { Trial } from './trial.js';

/** Numbers and sends what waits, each entity's commands in order, as long as there is room. */
export interface Departure {
  /** What waits to be numbered, from now on. */
  hold(errand: Errand, waiting: readonly Command[]): void;
  /** Lets go what may. */
  pump(): Promise<void>;
  stop(): void;
}

export interface DepartureSetting {
  readonly outside: Surroundings;
  readonly host: SessionHost;
  readonly trial: Trial;
  errandOf(entity: string): Errand;
  /** Undefined while there is no connection. */
  welcome(): Welcome | undefined;
  transmit(frame: Mutate): void;
  /** It cannot go. */
  conclude(command: Command, outcome: Outcome): void;
  /** There may be more to do. */
  proceed(): void;
}

const AGAIN_MS = 1000;

export function createDeparture(setting: DepartureSetting): Departure {
  const { outside, host, trial, errandOf, transmit } = setting;
  /** Those that have something waiting. */
  const busy = new Set<Errand>();
  let numbering = false;
  let stopped = false;

  function hold(errand: Errand, waiting: readonly Command[]): void {
    errand.waiting = waiting;
    busy[waiting.length > 0 ? 'add' : 'delete'](errand);
  }

  async function pump(): Promise<void> {
    const welcome = setting.welcome();
    if (numbering || trial.isOn() || stopped || welcome === undefined) return;
    const startOver: string[] = [];
    const batch = [...busy].flatMap(errand => nextOf(errand, welcome, startOver));
    if (batch.length === 0) return;
    numbering = true;
    try {
      const numbered = await host.number(batch, startOver);
      numbering = false;
      if (numbered === undefined || stopped) return;
      depart(batch, numbered, startOver);
      setting.proceed();
    } catch {
      outside.after(AGAIN_MS, () => {
        numbering = false;
        setting.proceed();
      });
    }
  }

  function nextOf(errand: Errand, { limits }: Welcome, startOver: string[]): readonly Command[] {
    const { mail, entity, waiting } = errand;
    if (mail.forgotten && mail.unresolved.length > 0) return [];
    const room = Math.max(0, Math.max(1, limits.inFlight) - mail.unresolved.length);
    const next = waiting.slice(0, room);
    const batch = next.filter(command => {
      const outcome = tooLarge(command, limits.frameBytes);
      if (outcome !== undefined) setting.conclude(command, outcome);
      return outcome === undefined;
    });
    if (batch.length < next.length) hold(errand, [...batch, ...waiting.slice(room)]);
    if (mail.forgotten && batch.length > 0) startOver.push(entity);
    return batch;
  }

  function depart(batch: readonly Command[], numbered: readonly Numbered[], startOver: readonly string[]): void {
    for (const entity of startOver) errandOf(entity).mail = EMPTY;
    host.news({ m: 'sending', commands: numbered });
    // Those without a number another session has settled; they will be heard of.
    const gone = new Set(batch.map(({ id }) => id));
    for (const errand of new Set(batch.map(({ entity }) => errandOf(entity)))) {
      hold(
        errand,
        errand.waiting.filter(({ id }) => !gone.has(id)),
      );
    }
    for (const command of numbered) {
      const errand = errandOf(command.entity);
      if (errand.mail.unresolved.length === 0) errand.silentSince = outside.now();
      errand.mail = posted(errand.mail, command);
      if (trial.admits(errand, command.seq)) transmit(framesOf(errand.mail).at(-1) as Mutate);
    }
  }

  return {
    hold,
    pump,
    stop() {
      stopped = true;
    },
  };
}
