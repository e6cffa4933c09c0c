import type { Change, Editable, Keys, Recipe, Selection, UpdateOptions } from './api.js';
import { travelling } from './command.js';
import { between } from './diff.js';
import { draftOf, isDraft, writes } from './draft.js';
import type { Json } from './json.js';
import { applyPatches, type Op } from './patch.js';
import { shownOf } from './reducer.js';
import type { Replica } from './replicas.js';
import { listen } from './tell.js';

/** How an editable document is observed and where its commands go. */
export interface Editing {
  observe(): () => void;
  keys(): Keys;
  /** `recorded`: the ops say what somebody did, and may be put in other words. */
  submit(ops: readonly Op[], options: UpdateOptions | undefined, recorded: boolean): Change;
}

/** What a page does with one document, and how it is undone. */
export interface Edited<T> extends Editable<T> {
  patch(ops: readonly Op[], options?: UpdateOptions): Change;
  /** The command was refused: there is nothing to undo. */
  forget(id: string): void;
}

/** One change of this page, and the document it was made on. */
interface Step {
  readonly id: string;
  readonly on: Json;
  readonly ops: readonly Op[];
}

const MOST_STEPS_BACK = 100;

export function createEditable<T>(replica: Replica, editing: Editing): Edited<T> {
  const done: Step[] = [];
  const undone: Step[] = [];

  function submit(ops: readonly Op[], options?: UpdateOptions, recorded = false): Change {
    undone.length = 0;
    return perform(ops, done, options, recorded);
  }

  function perform(given: readonly Op[], steps: Step[], options?: UpdateOptions, recorded = true): Change {
    const ops = travelling(given);
    const on = shownOf(replica.state);
    const change = editing.submit(ops, options, recorded);
    if (ops.length > 0) steps.push({ id: change.id, on, ops });
    if (steps.length > MOST_STEPS_BACK) steps.shift();
    return change;
  }

  /** Takes back the last of the steps `from`, which is itself a step that can be taken back. */
  function takeBack(from: Step[], to: Step[]): Change | undefined {
    const last = from.pop();
    if (last === undefined) return undefined;
    const [gives] = applyPatches(last.on, [last.ops]);
    // In terms of keys this takes back what the change did, and nothing others have done.
    return perform(between(gives, last.on, editing.keys(), shownOf(replica.state)), to);
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
        const at = steps.findIndex(step => step.id === id);
        if (at >= 0) steps.splice(at, 1);
      }
    },
  };
}

/**
 * What the recipe does to the value. What it returns counts only if it wrote nothing and returned something of its own: arrows
 * often return what they did not mean to (`d => d.list.push(x)`, `d => d.open && …`).
 */
function record(value: Json, recipe: Recipe<Json>, keys: Keys): readonly Op[] {
  const draft = draftOf(value);
  const before = writes();
  const returned: unknown = recipe(draft as never);
  const own = typeof returned === 'object' ? returned !== null && !isDraft(returned) : typeof value !== 'object';
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
      const leave = editing.observe();
      let last = get();
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
