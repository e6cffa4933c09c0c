import type { EntityStatus, Problem, Snapshot } from './api.js';
import type { Command, Numbered, Settled } from './command.js';
import { type Changed, type EntityFrame, PASSING } from './frames.js';
import type { Json } from './json.js';
import { applyPatch, applyPatches, type Op } from './patch.js';
import {
  type Confirmed,
  covered,
  GUESSED,
  hasNoReceipt,
  isIn,
  opsOf,
  type Pending,
  pendingOf,
  placeOf,
  withApplied,
} from './pending.js';
import { equal, reconcile } from './reconcile.js';

/** How far we follow the entity: not at all, a resume asked, the whole asked, every change. */
type Following = 'no' | 'resuming' | 'loading' | 'yes';

/**
 * One entity as this page has it. Shown is `base` with all `pending` on top. The base is what is confirmed, except while a
 * command is in doubt: the confirmed document may have it in already, and showing it once more on top would be a lie. It may
 * also be behind because putting much on top again takes time, and is not done for every change.
 */
export interface EntityState {
  readonly name: string;
  readonly known: boolean;
  /** Not only an earlier page had it: the server has said it to this one. */
  readonly said: boolean;
  readonly following: Following;
  readonly confirmed: Confirmed;
  readonly base: Confirmed;
  readonly pending: readonly Pending[];
  readonly shown: Json;
  readonly ended?: Problem | undefined;
}

/** The next state; `reload`: what the server says does not fit, the whole document has to be asked for. */
export interface Step {
  readonly state: EntityState;
  readonly reload: boolean;
}

const NOTHING: Confirmed = { doc: null, version: 0, epoch: GUESSED };

export function initialState(name: string): EntityState {
  return {
    name,
    known: false,
    said: false,
    following: 'no',
    confirmed: NOTHING,
    base: NOTHING,
    pending: [],
    shown: null,
  };
}

/** What an earlier page kept of the entity, unless the server was faster. */
export function restored(state: EntityState, kept: Confirmed): EntityState {
  return state.known ? state : rebased(state, { ...state, known: true, confirmed: kept });
}

/** Somebody observes: a resume is asked for if there is anything to resume from. */
export function opened(state: EntityState): EntityState {
  return { ...state, following: state.known ? 'resuming' : 'loading', ended: undefined };
}

/** Nobody observes any more. */
export function left(state: EntityState): EntityState {
  return { ...state, following: 'no' };
}

/** The connection is gone: what is shown may be old, and nobody knows what became of the commands that were on the wire. */
export function disconnected(state: EntityState): EntityState {
  return { ...doubted(state, ({ sent }) => sent === true), following: 'no' };
}

/** Nobody knows what became of these, or whether they were on the wire. */
export function doubted(state: EntityState, which: (one: Pending) => boolean): EntityState {
  const pending = state.pending.map(one => (which(one) && hasNoReceipt(one) ? { ...one, doubt: true } : one));
  return { ...state, pending };
}

/** The commands with these ids were never on the wire. */
export function unsent(state: EntityState, ids: ReadonlySet<string>): EntityState {
  const isCleared = ({ id, sent, doubt }: Pending) => doubt === true && sent !== true && ids.has(id);
  if (!state.pending.some(isCleared)) return state;
  const pending = state.pending.map(one => (isCleared(one) ? { ...one, doubt: false, covered: false } : one));
  return rebased(state, { ...state, pending });
}

/** More commands, shown at once, each in its place: behind those made before it, wherever they were made. */
export function submitted(state: EntityState, commands: readonly Command[]): EntityState {
  const known = new Set(state.pending.map(({ id }) => id));
  const isSaid = state.said || state.following !== 'no';
  const fresh = commands.filter(({ id }) => !known.has(id) && known.add(id)).map(command => pendingOf(command, isSaid));
  if (fresh.length === 0) return state;
  const pending = [...state.pending];
  let appended = true;
  for (const one of fresh) {
    const place = placeOf(one, pending);
    appended &&= place === pending.length;
    pending.splice(place, 0, one);
  }
  if (!appended) return rebased(state, { ...state, pending });
  const [shown, applied] = applyPatches(state.shown, fresh.map(opsOf));
  return { ...state, shown, pending: [...state.pending, ...withApplied(fresh, applied)] };
}

/** The command says the same in other ops; it is not on the wire yet. */
export function rewritten(state: EntityState, id: string, ops: readonly Op[]): EntityState {
  return { ...state, pending: state.pending.map(one => (one.id === id ? { ...one, ops } : one)) };
}

/** The commands go on the wire, with their numbers. */
export function sent(state: EntityState, commands: readonly Pick<Numbered, 'id' | 'seq'>[]): EntityState {
  const seqs = new Map(commands.map(({ id, seq }) => [id, seq]));
  const mark = (one: Pending, seq = seqs.get(one.id)) => (seq === undefined ? one : { ...one, sent: true, seq });
  return { ...state, pending: state.pending.map(one => mark(one)) };
}

/**
 * The server's frame about this entity, and the commands it settles. `epoch`, if given, is the one a change belongs to; `later`:
 * what is shown need not follow at once, `caughtUp` will come.
 */
export function received(
  state: EntityState,
  frame: EntityFrame,
  settled: Settled,
  epoch?: number,
  later = false,
): Step {
  const next = heard(state, frame, epoch);
  return {
    state: rebased(state, settle(next, settled), later, isForeseen(state, frame, settled)),
    reload: next.following === 'loading' && state.following !== 'loading',
  };
}

/** What is shown is on top of what is confirmed. */
export function caughtUp(state: EntityState): EntityState {
  return rebased(state, state);
}

/** Commands settled without a frame. */
export function decided(state: EntityState, settled: Settled): EntityState {
  return rebased(state, settle(state, settled));
}

export function shownOf({ shown }: EntityState): Json {
  return shown;
}

export function statusOf({ ended, following, known, pending }: EntityState): EntityStatus {
  if (ended !== undefined) return 'closed';
  if (following === 'yes' && !pending.some(({ doubt }) => doubt)) return 'live';
  return known ? 'stale' : 'loading';
}

export function snapshotOf(state: EntityState): Snapshot {
  const { base, pending, ended } = state;
  return {
    value: shownOf(state),
    confirmed: base.doc,
    version: base.version,
    epoch: base.epoch,
    status: statusOf(state),
    pending: pending.filter(hasNoReceipt).length,
    ...(ended === undefined ? {} : { error: ended }),
  };
}

function heard(state: EntityState, frame: EntityFrame, epoch?: number): EntityState {
  switch (frame.t) {
    case 'state':
      return state.following === 'no' ? state : whole(state, frame);
    case 'changed':
      return changed(state, frame, epoch);
    case 'current':
      if (state.following !== 'resuming') return state;
      return isAt(state.confirmed, frame) ? { ...state, following: 'yes' } : reloaded(state);
    case 'closed':
      return ended(state, frame);
    case 'error':
      return frame.re === 'open' ? ended(state, frame) : state;
    default:
      return state;
  }
}

function reloaded(state: EntityState): EntityState {
  return { ...state, following: 'loading' };
}

function isAt(confirmed: Confirmed, at: { readonly version: number; readonly epoch: number }): boolean {
  return confirmed.version === at.version && confirmed.epoch === at.epoch;
}

function whole(state: EntityState, { doc, version, epoch }: Confirmed): EntityState {
  const confirmed = { doc: reconcile(state.confirmed.doc, doc), version, epoch };
  return { ...state, known: true, said: true, following: 'yes', confirmed, ended: undefined };
}

function changed(state: EntityState, frame: Changed, epoch?: number): EntityState {
  const { confirmed, following } = state;
  if (following !== 'yes' && following !== 'resuming') return state;
  const { from, version, ops } = frame;
  // What changes something makes another version of it.
  const fits = from === confirmed.version && (version > from || ops.length === 0);
  if (!fits || (epoch ?? confirmed.epoch) !== confirmed.epoch) return reloaded(state);
  try {
    const doc = applyPatch(confirmed.doc, ops);
    return { ...state, said: true, following: 'yes', confirmed: { ...confirmed, doc, version } };
  } catch {
    return reloaded(state);
  }
}

/** Whether the change is just our own next commands, word for word: then what is shown stays as it is. */
function isForeseen({ base, confirmed, pending }: EntityState, frame: EntityFrame, settled: Settled): boolean {
  const own = pending.slice(0, settled.length);
  if (frame.t !== 'changed' || own.length === 0 || base !== confirmed || frame.changes.length !== own.length)
    return false;
  return (
    own.every(({ id, applies }, i) => applies && id === settled[i]?.[0]) &&
    equal(own.flatMap(({ ops }) => ops) as Json, frame.ops as Json)
  );
}

function ended(state: EntityState, { code, detail }: Problem): EntityState {
  return { ...state, following: 'no', ...(PASSING.has(code) ? {} : { ended: { code, detail } }) };
}

/** Refused commands leave; accepted ones stay until their version has come, whatever else is said of them. */
function settle(state: EntityState, settled: Settled): EntityState {
  if (settled.length === 0) return state;
  const outcomes = new Map(settled);
  const pending = state.pending.flatMap(one => {
    const outcome = outcomes.get(one.id);
    if (outcome === undefined || !hasNoReceipt(one)) return [one];
    if ('code' in outcome) return [];
    return [{ ...one, doubt: false, covered: false, accepted: outcome.version, of: state.confirmed.epoch }];
  });
  return unfollowed({ ...state, pending });
}

/**
 * Of an entity nobody observes, no change comes: its next version is what the server said of our own command. After a version of
 * somebody else's, it is a guess in no history: whoever opens it again gets the whole.
 */
function unfollowed(state: EntityState): EntityState {
  const { following, known, confirmed, pending } = state;
  if (following !== 'no') return state;
  if (!known) return { ...state, pending: pending.filter(hasNoReceipt) };
  const next = pending.find(({ accepted }) => accepted === undefined || accepted > confirmed.version);
  // One without a receipt comes first, for those behind it were made on top of it.
  if (next?.accepted === undefined) return state;
  const version = next.accepted;
  const epoch = version === confirmed.version + 1 ? confirmed.epoch : GUESSED;
  const [doc] = applyPatches(confirmed.doc, [next.ops]);
  return unfollowed({ ...state, confirmed: { doc, version, epoch } });
}

/** Puts what is pending on top of what is confirmed now, as far as anything under it has changed. */
function rebased(before: EntityState, state: EntityState, later = false, foreseen = false): EntityState {
  const isFirst = !before.known && state.known && state.following !== 'no';
  const all = isFirst ? state.pending.map(covered) : state.pending;
  const held = before.known && (later || all.some(one => one.doubt && !one.covered));
  const base = held ? state.base : state.confirmed;
  if (base === before.base && state.pending === before.pending) return state;
  const pending = all.filter(one => !isIn(base, one, state.confirmed));
  const nothingLeft =
    base === before.base &&
    pending.length === before.pending.length &&
    pending.every((one, i) => !one.covered === !before.pending[i]?.covered);
  if (nothingLeft || (foreseen && !held && pending.length > 0)) return { ...state, base, pending };
  const [after, applied] = applyPatches(base.doc, pending.map(opsOf));
  const shown = before.pending.length === 0 && pending.length === 0 ? after : reconcile(before.shown, after);
  const next = { ...state, pending: withApplied(pending, applied), shown };
  if (pending.length > 0) return { ...next, base };
  // Nothing is on top: what is shown is what is confirmed, to the letter and as an object.
  const same = { ...base, doc: shown };
  return { ...next, base: same, confirmed: held ? state.confirmed : same };
}
