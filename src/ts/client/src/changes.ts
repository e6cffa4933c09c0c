import type { Change, Problem, Receipt, Refusal, UpdateOptions } from './api.js';
import type { Command, Outcome, Settled } from './command.js';
import { HoldfastError } from './errors.js';
import type { Json } from './json.js';
import type { Op } from './patch.js';

interface Waiter {
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (error: HoldfastError) => void;
}

/** The promises of the changes this page has made. */
export interface Changes {
  /** A change whose command is kept by `durable`; its receipt comes by `settled`, unless one is given. */
  made(command: Command, durable: Promise<void>, given?: Promise<Receipt>): Change;
  settled(settled: Settled): void;
  abandon(detail: string): void;
}

export function createChanges(): Changes {
  const waiters = new Map<string, Waiter>();
  return {
    made({ id }, durable, given) {
      const receipt = given ?? new Promise<Receipt>((resolve, reject) => waiters.set(id, { resolve, reject }));
      // Whoever does not wait for them is not told by an unhandled rejection either.
      for (const promise of [durable, receipt]) promise.catch(() => {});
      return { id, local: true, durable, receipt };
    },
    settled(settled) {
      for (const [id, outcome] of settled) {
        const waiter = waiters.get(id);
        waiters.delete(id);
        if ('code' in outcome) waiter?.reject(errorOf(outcome));
        else waiter?.resolve({ version: outcome.version, duplicate: outcome.duplicate });
      }
    },
    abandon(detail) {
      for (const { reject } of waiters.values()) reject(new HoldfastError('closed', detail));
      waiters.clear();
    },
  };
}

export function errorOf({ code, detail, pointer, version }: Extract<Outcome, Problem>): HoldfastError {
  return new HoldfastError(code, detail, pointer, version);
}

/** A command as made now. */
export function commandOf(
  id: string,
  entity: string,
  ops: readonly Op[],
  at: number,
  options?: UpdateOptions,
): Command {
  return { id, entity, ops, at, ...(options?.if === undefined ? {} : { if: options.if }) };
}

export function refusalOf(command: Command, outcome: Extract<Outcome, Problem>, value: Json): Refusal {
  return { id: command.id, ops: command.ops, error: errorOf(outcome), value };
}
