import type { Change, Changed, ClientFrame, EntityFrame, ErrorCode, Mutate, Refused } from './frames.js';
import type { Json } from './json.js';
import { applyPatch, type Op } from './patch.js';

/** How fresh a view is: nothing yet; as the server has it; true once, now catching up; ended by the server. */
export type EntityStatus = 'connecting' | 'live' | 'stale' | 'closed';

export interface Problem {
  readonly code: ErrorCode;
  readonly detail: string;
}

/** What the server has said of one entity. `changes` made this version out of the one seen before. */
export interface Committed<T extends Json = Json> {
  readonly doc: T | null;
  readonly version: number;
  readonly epoch: number;
  readonly status: EntityStatus;
  readonly changes: readonly Change[];
  readonly error?: Problem;
}

/** The same with this client's own commands in mind: `draft` is the document as if all `pending` ones were accepted. */
export interface View<T extends Json = Json> extends Committed<T> {
  readonly draft: T | null;
  readonly pending: number;
}

/** What became of one command. */
export type Receipt =
  | { readonly outcome: 'accepted'; readonly version: number; readonly duplicate: boolean }
  | ({ readonly outcome: 'refused'; readonly version: number; readonly pointer?: string } & Problem);

/** A patch somebody wants applied, before it has a place in the client's order. */
export interface Wish {
  readonly ops: readonly Op[];
  readonly if?: number;
}

/** How far this session follows the entity: not at all, a resume asked, the whole asked, every change. */
type Following = 'no' | 'resuming' | 'loading' | 'yes';

/**
 * One entity as this client has it. `known`: the view has been true once; `lastSeq` counts the commands sent so far; while
 * `forgotten` the entity no longer knows this client, and the count starts over when nothing is unresolved.
 */
export interface EntityState {
  readonly name: string;
  readonly view: Committed;
  readonly known: boolean;
  readonly following: Following;
  readonly lastSeq: number;
  readonly after: number;
  readonly forgotten: boolean;
  readonly unresolved: readonly Pending[];
}

/** A command without a receipt; `repeated` if it was on the wire before this session. */
export interface Pending {
  readonly frame: Mutate;
  readonly repeated: boolean;
}

/** What to do after an event: the next state, frames to send now, receipts to hand out, and what to try again after a pause. */
export interface Step {
  readonly state: EntityState;
  readonly send: readonly ClientFrame[];
  readonly receipts: readonly (readonly [seq: number, receipt: Receipt])[];
  readonly again?: 'open' | 'resend';
  /** Commands to be sent anew, with new numbers: certainly not applied. */
  readonly anew?: readonly number[];
}

/** Refusals that decide nothing: the same command may fare better a moment later. */
const UNDECIDED: ReadonlySet<string> = new Set<ErrorCode>(['unavailable', 'gap']);
/** Reasons to end or refuse an observation that pass. */
const PASSING: ReadonlySet<string> = new Set<ErrorCode>(['unavailable', 'overloaded', 'quarantined', 'internal']);
/** Refusals of the entity itself: no command to it can fare better. */
const HOPELESS: ReadonlySet<string> = new Set<ErrorCode>(['unknown-kind', 'bad-entity']);

export function initialState(name: string): EntityState {
  const view: Committed = { doc: null, version: 0, epoch: 0, status: 'connecting', changes: [] };
  return { name, view, known: false, following: 'no', lastSeq: 0, after: 0, forgotten: false, unresolved: [] };
}

/** The session is (back) up: ask for what was missed, then send every unresolved command again, in order. */
export function connected(state: EntityState, wanted: boolean): Step {
  const unresolved = state.unresolved.map(({ frame }) => ({ frame, repeated: true }));
  const step = wanted ? opened({ ...state, unresolved }) : still({ ...state, unresolved });
  return { ...step, send: [...step.send, ...frames(state)] };
}

/** The connection is gone: what is shown may be old from now on. */
export function disconnected(state: EntityState): EntityState {
  return { ...withStatus(state, state.known ? 'stale' : 'connecting'), following: 'no' };
}

/** Somebody wants to observe: resume where the view stands, or ask for the whole. */
export function opened(state: EntityState): Step {
  const { name: entity, view, known } = state;
  const open: ClientFrame = known
    ? { t: 'open', entity, epoch: view.epoch, version: view.version }
    : { t: 'open', entity };
  const next = withStatus(state, known ? 'stale' : 'connecting');
  return { ...still({ ...next, following: known ? 'resuming' : 'loading' }), send: [open] };
}

/** Nobody observes any more. */
export function left(state: EntityState): Step {
  const send: ClientFrame[] = state.following === 'no' ? [] : [{ t: 'close', entity: state.name }];
  return { ...still({ ...withStatus(state, state.known ? 'stale' : 'connecting'), following: 'no' }), send };
}

/** The frame that would carry the wish next; `submitted` takes it into the order. */
export function nextCommand(state: EntityState, wish: Wish): Mutate {
  return { t: 'mutate', entity: state.name, seq: state.lastSeq + 1, after: state.after, ...wish };
}

export function submitted(state: EntityState, frame: Mutate): EntityState {
  const unresolved = [...state.unresolved, { frame, repeated: false }];
  return { ...state, lastSeq: frame.seq, after: frame.seq, unresolved };
}

/** The frames of the commands without a receipt, in order. */
export function frames(state: EntityState): readonly Mutate[] {
  return state.unresolved.map(({ frame }) => frame);
}

/** The server could not even read the command: it is refused as if it had been judged. */
export function unreadable(state: EntityState, seq: number, { code, detail }: Problem): Step {
  return settle(still(state), [[seq, { outcome: 'refused', version: state.view.version, code, detail }]]);
}

/** One frame of the server about this entity, seen by the client with that id. */
export function received(state: EntityState, frame: EntityFrame, client: string): Step {
  switch (frame.t) {
    case 'state': {
      if (state.following === 'no') return still(state);
      const { doc, version, epoch } = frame;
      const view: Committed = { doc, version, epoch, status: 'live', changes: [] };
      const replaced = state.known && state.following !== 'resuming';
      // Changes that a whole document stands for bring no receipts: ask for them.
      return { ...still({ ...state, view, known: true, following: 'yes' }), send: replaced ? frames(state) : [] };
    }
    case 'changed':
      return settle(changed(state, frame), accepted(frame, client));
    case 'current':
      if (state.following !== 'resuming') return still(state);
      return state.view.version === frame.version && state.view.epoch === frame.epoch
        ? still({ ...withStatus(state, 'live'), following: 'yes' })
        : reloaded(state);
    case 'accepted':
      return settle(still(state), [
        [frame.seq, { outcome: 'accepted', version: frame.version, duplicate: frame.duplicate === true }],
      ]);
    case 'refused':
      return refused(state, frame);
    case 'gap':
      return { ...still(afterGap(state, frame.expected)), again: 'resend' };
    case 'closed':
      return ended(state, frame);
    case 'error':
      return failed(state, frame);
    default:
      return still(state);
  }
}

/** The view with wishes on top, sent or not; one that does not apply here is left out, the server will judge it. */
export function viewOf(state: EntityState, unsent: readonly Wish[]): View {
  const wishes = [...frames(state), ...unsent];
  return { ...state.view, draft: wishes.reduce(imagine, state.view.doc), pending: wishes.length };
}

function imagine(doc: Json, wish: Wish): Json {
  try {
    return applyPatch(doc, wish.ops);
  } catch {
    return doc;
  }
}

function still(state: EntityState): Step {
  return { state, send: [], receipts: [] };
}

function withStatus(state: EntityState, status: EntityStatus): EntityState {
  const { error: _, ...view } = state.view;
  return { ...state, view: { ...view, status } };
}

/** What we have does not fit what the server says: ask for the whole document, showing the old one meanwhile. */
function reloaded(state: EntityState): Step {
  const next: EntityState = { ...withStatus(state, 'stale'), following: 'loading' };
  return { ...still(next), send: [{ t: 'open', entity: state.name }] };
}

function changed(state: EntityState, frame: Changed): Step {
  if (state.following !== 'yes' && state.following !== 'resuming') return still(state);
  if (frame.from !== state.view.version) return reloaded(state);
  try {
    const doc = applyPatch(state.view.doc, frame.ops);
    const { version, changes } = frame;
    const view: Committed = { doc, version, epoch: state.view.epoch, status: 'live', changes };
    return still({ ...state, view, following: 'yes' });
  } catch {
    return reloaded(state);
  }
}

function accepted(frame: Changed, client: string): Step['receipts'] {
  return frame.changes
    .filter(change => change.client === client)
    .map(({ seq, version }) => [seq, { outcome: 'accepted', version, duplicate: false }]);
}

/** Takes the receipts of commands that still wait for one. */
function settle(step: Step, receipts: Step['receipts']): Step {
  const due = receipts.filter(([seq]) => frames(step.state).some(frame => frame.seq === seq));
  if (due.length === 0) return step;
  const state = without(
    step.state,
    due.map(([seq]) => seq),
  );
  return { ...step, state, receipts: [...step.receipts, ...due] };
}

function without(state: EntityState, seqs: readonly number[]): EntityState {
  const unresolved = state.unresolved.filter(({ frame }) => !seqs.includes(frame.seq));
  const startsOver = state.forgotten && unresolved.length === 0;
  return startsOver ? { ...state, unresolved, lastSeq: 0, after: 0, forgotten: false } : { ...state, unresolved };
}

function refused(state: EntityState, frame: Refused): Step {
  if (UNDECIDED.has(frame.code)) return { ...still(state), again: 'resend' };
  const { seq, version, code, detail, pointer } = frame;
  if (code === 'expired-client') return forgotten(state, frame);
  const receipt: Receipt = { outcome: 'refused', version, code, detail, ...(pointer === undefined ? {} : { pointer }) };
  return settle(still(state), [[seq, receipt]]);
}

/**
 * The entity has forgotten this client. What was sent in this session only was judged just now and not applied: it goes again
 * under new numbers, from 1 on. What was sent before may have been applied long ago: nobody knows, and the refusal says so.
 */
function forgotten(state: EntityState, { seq, version, code, detail }: Refused): Step {
  const expired = state.unresolved.find(({ frame }) => frame.seq === seq);
  if (expired === undefined) return still(state);
  const over: EntityState = { ...state, forgotten: true };
  if (expired.repeated) return settle(still(over), [[seq, { outcome: 'refused', version, code, detail }]]);
  return { ...still(without(over, [seq])), anew: [seq] };
}

/** The commands after seq `expected`, the first of them now following it; what lay between is decided and gone. */
function afterGap(state: EntityState, expected: number): EntityState {
  const first = state.unresolved.find(({ frame }) => frame.seq > expected);
  if (first === undefined) return state.unresolved.length > 0 ? state : { ...state, after: expected };
  const unresolved = state.unresolved.map(pending =>
    pending === first && pending.frame.after > expected
      ? { ...pending, frame: { ...pending.frame, after: expected } }
      : pending,
  );
  return { ...state, unresolved };
}

function ended(state: EntityState, { code, detail }: Problem): Step {
  if (PASSING.has(code)) return { ...still({ ...withStatus(state, 'stale'), following: 'no' }), again: 'open' };
  const view: Committed = { ...state.view, status: 'closed', error: { code, detail } };
  return still({ ...state, view, following: 'no' });
}

function failed(state: EntityState, frame: Problem & { readonly re?: string }): Step {
  if (frame.re === 'open') return ended(state, frame);
  if (frame.re !== 'mutate') return still(state);
  const only = state.unresolved.length === 1;
  if (!HOPELESS.has(frame.code) && !(only && !PASSING.has(frame.code))) return { ...still(state), again: 'resend' };
  const { code, detail } = frame;
  const refusal: Receipt = { outcome: 'refused', version: state.view.version, code, detail };
  return settle(
    still(state),
    frames(state).map(({ seq }) => [seq, refusal]),
  );
}
