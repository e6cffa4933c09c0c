import type { Command, Numbered } from './command.js';

/** Where commands are until they have a receipt, with the numbers they were sent under. */
export interface Outbox {
  /** The id all of them are numbered under. */
  readonly client: string;
  /** The commands of earlier pages, in order. */
  load(): Promise<readonly Command[]>;
  /** Resolves when the command is kept. */
  add(command: Command): Promise<void>;
  /** Takes the leadership: whoever had it can number nothing any more. Undefined: all that was kept is gone. */
  lead(): Promise<number | undefined>;
  leads(term: number): Promise<boolean>;
  /** Gives the commands numbers, from 1 for the entities that start over; undefined if that term is over. */
  number(
    term: number,
    commands: readonly Command[],
    startOver: readonly string[],
  ): Promise<readonly Numbered[] | undefined>;
  remove(ids: readonly string[]): void;
  /** The account of the server the commands belong to; the first one told is kept. */
  belongsTo(subject: string): Promise<boolean>;
  close(): void;
}

/** An outbox that lasts as long as the page. */
export function createMemoryOutbox(client: string): Outbox {
  const last = new Map<string, number>();
  let owner: string | undefined;
  const next = (entity: string) => {
    const seq = (last.get(entity) ?? 0) + 1;
    last.set(entity, seq);
    return seq;
  };
  return {
    client,
    load: async () => [],
    add: async () => {},
    lead: async () => 1,
    leads: async () => true,
    async number(_, commands, startOver) {
      for (const entity of startOver) last.delete(entity);
      return commands.map(command => ({ ...command, seq: next(command.entity) }));
    },
    remove: () => {},
    async belongsTo(subject) {
      owner ??= subject;
      return subject === owner;
    },
    close: () => {},
  };
}
