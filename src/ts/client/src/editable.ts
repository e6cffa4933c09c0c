import type { Change, Editable, Keys, Recipe, Selection, UpdateOptions } from './api.js';
import { travelling } from './command.js';
import { between } from './diff.js';
import { draftOf, isDraft, writes } from './draft.js';
import type { Json } from './json.js';
import { applyPatches, inc, type Op } from './patch.js';
import { equal } from './reconcile.js';
import { shownOf } from './reducer.js';
import type { Replica } from './replicas.js';
import { listen, tellAll } from './tell.js';

/** How an editable document is observed and where its commands go. */
export interface Editing {
  observe(): () => void;
  keys(): Keys;
  /** Milliseconds since 1970. */
  now(): number;
  /** `recorded`: the ops say what somebody did, and may be put in other words. */
  submit(ops: readonly Op[], options: UpdateOptions | undefined, recorded: boolean): Change;
}

/** What a page does with one document, and how it is undone. */
export interface Edited<T> extends Editable<T> {
  /** The command was refused: there is nothing to undo. */
  forget(id: string): void;
}

/** One change of this page, and the document it was made on. */
interface Made {
  readonly id: string;
  readonly on: Json;
  readonly ops: readonly Op[];
}

/** Changes that are taken back together; the last of them was made at `at`. */
interface Step {
  changes: Made[];
  at: number;
}

const MOST_STEPS_BACK = 100;
const RUN_PAUSE_MS = 1000;
/** Taken back by one command, which must not grow too long. */
const MOST_IN_A_RUN = 500;

export function createEditable<T>(replica: Replica, editing: Editing): Edited<T> {
  const done: Step[] = [];
  const undone: Step[] = [];
  /** The run that goes on unless there is a pause. */
  let running: { readonly run: string; readonly step: Step } | undefined;

  function submit(ops: readonly Op[], options?: UpdateOptions, recorded = false): Change {
    return perform(ops, done, options, recorded, undone);
  }

  /** `over`: steps that cannot be done again after this. */
  function perform(
    given: readonly Op[],
    steps: Step[],
    options: UpdateOptions = {},
    recorded = true,
    over: Step[] = [],
  ): Change {
    const ops = travelling(given);
    if (options.if !== undefined && !(Number.isSafeInteger(options.if) && options.if >= 0))
      throw new TypeError(`if: ${options.if} (expected: a version)`);
    if (ops.length === 0 && recorded && options.if === undefined) return nothing(replica.snapshot.version);
    over.length = 0;
    const made = { id: '', on: shownOf(replica.state), ops };
    // Whoever sees the change may make the next, which is the next step.
    if (ops.length > 0) note(steps, made, options.run);
    const change = editing.submit(ops, options, recorded);
    made.id = change.id;
    return change;
  }

  function note(steps: Step[], made: Made, run: string | undefined): void {
    const at = editing.now();
    const before = running;
    const isNext = run !== undefined && before?.run === run && at - before.step.at < RUN_PAUSE_MS;
    const goesOn = isNext && before.step.changes.length < MOST_IN_A_RUN;
    const step: Step = goesOn ? before.step : { changes: [], at };
    if (!goesOn) steps.push(step);
    step.changes.push(made);
    step.at = at;
    running = run === undefined ? undefined : { run, step };
    if (steps.length > MOST_STEPS_BACK) steps.shift();
  }

  /** Takes back the last of the steps `from` of which anything is left, which is itself a step that can be taken back. */
  function takeBack(from: Step[], to: Step[]): Change | undefined {
    if (from.length === 0) return undefined;
    running = undefined;
    for (let last = from.pop(); last !== undefined; last = from.pop()) {
      const ops = against(last);
      if (ops.length > 0) return perform(ops, to);
    }
    // Nothing is shown differently; but there is nothing to be taken back any more.
    replica.snapshot = { ...replica.snapshot };
    tellAll(replica.listeners, replica.snapshot);
    return undefined;
  }

  /** What takes the step back now. */
  function against({ changes }: Step): readonly Op[] {
    let now = shownOf(replica.state);
    // What others have taken out needs no taking back.
    const applies = (op: Op) => {
      const [next, [applied]] = applyPatches(now, [[op]]);
      now = next;
      return applied === true;
    };
    const thatApply = (back: readonly Op[]) => {
      const [next, [all]] = applyPatches(now, [back]);
      if (all !== true) return back.filter(applies);
      now = next;
      return back;
    };
    const ops = [...changes].reverse().flatMap(made => thatApply(reverseOf(made, now)));
    return ops.filter(isNotOverwritten);
  }

  /** In terms of keys this takes back what the change did, and nothing others have done. */
  function reverseOf({ on, ops }: Made, now: Json): readonly Op[] {
    const [gives] = applyPatches(on, [ops]);
    const sums = [...ops].reverse().map(opposite);
    const isSum = (op: Op | undefined): op is Op => op !== undefined;
    if (sums.every(isSum) && equal(applyPatches(gives, [sums])[0], on)) return sums;
    return between(gives, on, editing.keys(), now);
  }

  return {
    name: replica.name,
    get: () => replica.snapshot as never,
    subscribe: listener => listen(replica.listeners, listener as never, editing.observe()),
    select: (selector, equal) => createSelection(replica, editing, selector, equal),
    patch: (ops, options) => submit(ops, options),
    update: (recipe, options) =>
      submit(record(shownOf(replica.state), recipe as Recipe<Json>, editing.keys()), options, true),
    set: (value, options) => submit([{ op: 'replace', path: '', value: value as Json }], options),
    undo: () => takeBack(done, undone),
    redo: () => takeBack(undone, done),
    get canUndo() {
      return done.length > 0;
    },
    get canRedo() {
      return undone.length > 0;
    },
    forget(id) {
      for (const steps of [done, undone]) {
        const at = steps.findIndex(({ changes }) => changes.some(made => made.id === id));
        const step = steps[at];
        if (step === undefined) continue;
        step.changes = step.changes.filter(made => made.id !== id);
        if (step.changes.length === 0) steps.splice(at, 1);
        running = undefined;
      }
    },
  };
}

/** What takes off what the op added, whatever others have added; undefined if it did not, or if that cannot be told exactly. */
function opposite(op: Op): Op | undefined {
  return op.op !== 'inc' || /\/(\d+|-)(\/|$)/.test(op.path) ? undefined : inc(op.path, -op.value);
}

/** What becomes of a recipe that changes nothing. */
function nothing(version: number): Change {
  return {
    ...{ id: '', local: true, durable: Promise.resolve() },
    receipt: Promise.resolve({ version, duplicate: true }),
  };
}

/** Of ops that put one value after the other in the same place, the last is enough. */
function isNotOverwritten({ op, path }: Op, i: number, ops: readonly Op[]): boolean {
  const next = ops[i + 1];
  return op !== 'replace' || next?.op !== 'replace' || next.path !== path;
}

/**
 * What the recipe does to the value. What it returns counts only if it wrote nothing and returned something of its own: arrows
 * often return what they did not mean to (`d => d.list.push(x)`, `d => d.open && …`).
 */
function record(value: Json, recipe: Recipe<Json>, keys: Keys): readonly Op[] {
  const draft = draftOf(value);
  const before = writes();
  const returned: unknown = recipe(draft as never);
  if (typeof (returned as Partial<PromiseLike<unknown>> | undefined)?.then === 'function')
    throw new TypeError('recipe: a promise (expected: all of it done when it returns)');
  const own =
    typeof returned === 'object'
      ? returned !== null && !isDraft(returned)
      : value === null || typeof value !== 'object';
  const meant = returned !== undefined && own && writes() === before;
  return between(value, meant ? returned : draft, keys);
}

function createSelection<T, S>(
  replica: Replica,
  editing: Editing,
  selector: (value: T) => S,
  equal: (a: S, b: S) => boolean = Object.is,
): Selection<S | undefined> {
  let from: unknown;
  let selected: S | undefined;
  const get = (): S | undefined => {
    const { value } = replica.snapshot;
    if (value === from) return selected;
    const next = value === null ? undefined : selector(value as T);
    from = value;
    if (next === undefined || selected === undefined || !equal(selected, next)) selected = next;
    return selected;
  };
  return {
    get,
    subscribe(listener) {
      let last = get();
      const leave = editing.observe();
      const told = () => {
        const next = get();
        if (Object.is(next, last)) return;
        last = next;
        listener(next);
      };
      return listen(replica.listeners, told, leave);
    },
  };
}
