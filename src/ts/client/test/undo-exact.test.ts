import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import type { Change, Keys } from '../src/api.js';
import { createEditable } from '../src/editable.js';
import type { Json } from '../src/json.js';
import { inc } from '../src/patch.js';
import { equal } from '../src/reconcile.js';
import { received, submitted } from '../src/reducer.js';
import { createReplicas } from '../src/replicas.js';
import { clone, type Edit, edit, value } from './edits.js';

/** A document only this page knows: what is done to it is confirmed when somebody asks for it. */
function alone(doc: Json, keys: Keys) {
  let [clock, made] = [0, 0];
  const replicas = createReplicas(
    () => {},
    () => {},
  );
  const replica = replicas.of('x/y');
  const entity = replica.name;
  const state = { ...replica.state, following: 'loading' as const };
  replicas.update(replica, received(state, { t: 'state', entity, doc, version: 1, epoch: 1 }, []).state);
  const editable = createEditable<Json>(replica, {
    observe: () => () => {},
    keys: () => keys,
    now: () => clock,
    submit(ops) {
      made += 1;
      const id = String(made).padStart(6, '0');
      replicas.update(replica, submitted(replica.state, [{ id, entity, ops, at: 0 }]));
      return { id, local: true } as Change;
    },
  });
  function confirm(): void {
    const [first] = replica.state.pending;
    if (first === undefined) return;
    const version = replica.state.confirmed.version + 1;
    const frame = { t: 'changed', entity, from: version - 1, version, ops: structuredClone(first.ops) } as const;
    const { id } = first;
    const changes = [{ version, client: 'c', seq: version, by: 'me', at: 0 }];
    replicas.update(
      replica,
      received(replica.state, { ...frame, changes }, [[id, { version, duplicate: false }]]).state,
    );
  }
  return {
    ...{ editable, confirm, shown: () => editable.get().value as Json },
    pause() {
      clock += 2000;
    },
  };
}

type Page = ReturnType<typeof alone>;
type Deed = (page: Page) => { readonly id: string } | undefined;

const edits = fc.array(edit, { minLength: 1, maxLength: 4 }).chain(all =>
  fc.boolean().map(
    (isRun): Deed =>
      ({ editable, shown }) => {
        if (typeof shown() !== 'object' || shown() === null) return undefined;
        const recipe = (draft: unknown) => all.forEach((one: Edit) => void one(draft));
        return editable.update(recipe as never, isRun ? { run: 'r' } : {});
      },
  ),
);
const sums = fc.array(fc.constantFrom(1, 0.1, -3, 0.2, 1e17), { minLength: 1, maxLength: 3 }).map(
  (numbers): Deed =>
    ({ editable, shown }) => {
      const [path] = Object.entries((shown() ?? {}) as object).find(([, member]) => typeof member === 'number') ?? [];
      if (path === undefined || path === '') return undefined;
      return editable.patch(numbers.map(n => inc(`/${path}`, n)));
    },
);
const other: fc.Arbitrary<Deed> = fc.oneof(
  value.map(
    (whole): Deed =>
      ({ editable }) =>
        editable.set(whole),
  ),
  fc.constant<Deed>(({ editable }) => editable.patch([{ op: 'remove', path: '' }])),
  fc.constant<Deed>(({ confirm }) => void confirm()),
  fc.constant<Deed>(({ pause }) => void pause()),
);
const deeds = fc.array(fc.oneof({ weight: 4, arbitrary: edits }, { weight: 2, arbitrary: sums }, other), {
  minLength: 1,
  maxLength: 8,
});

/** The documents on the way back or forth, each different from the one before. */
function walk({ shown }: Page, step: () => unknown): readonly Json[] {
  const way = [clone(shown())];
  while (step() !== undefined) if (!equal(way.at(-1) as Json, shown())) way.push(clone(shown()));
  return way;
}

describe('taking back, with nobody else around', () => {
  it('goes back to the document there was, and doing it again to the one there is, any number of times', () => {
    fc.assert(
      fc.property(value, deeds, fc.boolean(), fc.boolean(), (doc, all, keyed, confirms) => {
        const page = alone(doc, keyed ? { '': 'id', '/*': 'id', '/*/*': 'id' } : {});
        const { editable, confirm, shown } = page;
        const [first, seen] = [clone(shown()), [clone(shown())]];
        for (const deed of all) {
          deed(page);
          if (confirms) confirm();
          if (!equal(seen.at(-1) as Json, shown())) seen.push(clone(shown()));
        }

        const back = walk(page, () => editable.undo());
        const forth = walk(page, () => editable.redo());
        const again = walk(page, () => editable.undo());

        assert.deepEqual(back.at(-1), first);
        assert.deepEqual(forth, [...back].reverse());
        assert.deepEqual(again, back);
        for (const one of back) assert.ok(seen.some(known => equal(known, one)));
      }),
      { numRuns: 3000 },
    );
  });
});
