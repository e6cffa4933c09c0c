import type { Change } from './api.js';
import type { Changes } from './changes.js';
import type { Command } from './command.js';
import { HoldfastError } from './errors.js';
import type { Kinds } from './kinds.js';
import { obtain } from './obtain.js';
import type { Page } from './page.js';
import type { EntityState } from './reducer.js';
import { inOtherWords } from './rewording.js';
import type { Storage } from './storage.js';

/** From being shown here to whoever sends it: in the words the kind wants, kept on this device if that can be, and in order. */
export interface Handover {
  /** A command made on that state; `recorded`: it may be put in other words. */
  submit(on: EntityState, command: Command, recorded: boolean): Change;
  /** Whether a command that is shown has been in the outbox. */
  isKept(id: string): boolean;
  /** Resolves when all of them are handed over. */
  done(): Promise<unknown>;
}

export interface HandoverSetting {
  readonly storage: Promise<Storage>;
  readonly kinds: Kinds;
  readonly page: Page;
  readonly changes: Changes;
  /** A command came to be kept. */
  kept(): void;
  /** With the commands of all pages. */
  send(command: Command): void;
  /** Over a connection of this page's own: it could not be kept. */
  sendUnkept(command: Command): void;
}

/** The commands of one entity. */
interface Line {
  /** While some of them wait for the kind's keys: those behind wait as well, for what is kept first is sent first. */
  ready: Promise<Command> | undefined;
  handed: Promise<void>;
  isKept: boolean;
  /** How many could not be kept, and have no receipt yet: those behind go the same way. */
  lost: number;
  /** All of them so far have their receipts. */
  settled: Promise<unknown>;
  /** The last one is on its way. */
  gone: Promise<unknown>;
}

export function createHandover(setting: HandoverSetting): Handover {
  const { storage, kinds, page, changes } = setting;
  /** Commands that are not in the outbox yet, or cannot be. */
  const unkept = new Set<string>();
  const lines = new Map<string, Line>();
  const newLine = (): Line => ({
    ...{ ready: undefined, handed: Promise.resolve() },
    ...{ isKept: true, lost: 0, settled: Promise.resolve(), gone: Promise.resolve() },
  });

  function worded(line: Line, on: EntityState, command: Command, recorded: boolean): Promise<Command> | Command {
    const before = line.ready;
    const unknown = recorded && kinds.known(command.entity) === undefined;
    if (before === undefined && !unknown) return command;
    const words = unknown ? inOtherWords(on, command, kinds.load) : command;
    const ready = Promise.all([words, before]).then(([final]) => final);
    line.ready = ready;
    void ready.then(final => {
      if (line.ready === ready) line.ready = undefined;
      if (final !== command) page.rewritten(command, final.ops);
    });
    return ready;
  }

  async function keep(line: Line, ready: Promise<Command> | Command): Promise<void> {
    const { outbox, broken } = await storage;
    const command = await ready;
    try {
      if (broken !== undefined) throw broken;
      if (line.lost > 0) throw 'one before it is not kept';
      await outbox.add(command);
    } catch (error) {
      line.lost += 1;
      throw new HoldfastError('storage', `outbox: ${String(error)} (expected: room for the command)`);
    }
    unkept.delete(command.id);
    setting.kept();
  }

  async function hand(line: Line, ready: Promise<Command> | Command, { durable, receipt }: Change): Promise<void> {
    const before = line.handed;
    const kept = durable.then(
      () => true,
      () => false,
    );
    const [couldBeKept, command, { broken }] = await Promise.all([kept, ready, storage, before]);
    // Where nothing at all is kept, the one connection there is does for everything.
    const isKept = couldBeKept || broken !== undefined;
    const go = () => (isKept ? setting.send(command) : setting.sendUnkept(command));
    // Who goes another way than the one before must not overtake it, nor be overtaken by those behind.
    line.gone = (isKept === line.isKept ? line.gone : line.settled).then(go);
    line.isKept = isKept;
    line.settled = Promise.allSettled([line.settled, receipt]).then(() => {});
  }

  return {
    submit(on, command, recorded) {
      const line = obtain(lines, command.entity, newLine);
      unkept.add(command.id);
      const ready = worded(line, on, command, recorded);
      const change = changes.made(command, keep(line, ready));
      line.handed = hand(line, ready, change);
      const { durable, receipt } = change;
      const forget = () => void unkept.delete(command.id);
      receipt.then(forget, forget);
      const found = () => {
        line.lost -= 1;
      };
      durable.catch(() => receipt.then(found, found));
      return change;
    },
    isKept: id => !unkept.has(id),
    done: () => Promise.all([...lines.values()].map(({ handed }) => handed)),
  };
}
