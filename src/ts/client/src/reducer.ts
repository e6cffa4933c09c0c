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

/** One entity as this client has it. `known`: the view has been true once; `lastSeq` counts the commands sent so far. */
export interface EntityState {
  readonly name: string;
  readonly view: Committed;
  readonly known: boolean;
  readonly following: Following;
  readonly lastSeq: number;
  readonly after: number;
  readonly unresolved: readonly Mutate[];
}

/** What to do after an event: the next state, frames to send now, receipts to hand out, and what to try again after a pause. */
export interface Step {
  readonly state: EntityState;
  readonly send: readonly ClientFrame[];
  readonly receipts: readonly (readonly [seq: number, receipt: Receipt])[];
  readonly again?: 'open' | 'resend';
}

/** Refusals that decide nothing: the same command may fare better a moment later. */
const UNDECIDED: ReadonlySet<string> = new Set<ErrorCode>(['unavailable', 'gap']);
/** Reasons to end or refuse an observation that pass. */
const PASSING: ReadonlySet<string> = new Set<ErrorCode>(['unavailable', 'overloaded', 'quarantined', 'internal']);
/** Refusals of the entity itself: no command to it can fare better. */
const HOPELESS: ReadonlySet<string> = new Set<ErrorCode>(['unknown-kind', 'bad-entity']);

export function initialState(name: string): EntityState {
  const view: Committed = { doc: null, version: 0, epoch: 0, status: 'connecting', changes: [] };
  return { name, view, known: false, following: 'no', lastSeq: 0, after: 0, unresolved: [] };
}

/** The session is (back) up: ask for what was missed, then send every unresolved command again, in order. */
export function connected(state: EntityState, wanted: boolean): Step {
  const step = wanted ? opened(state) : still(state);
  return { ...step, send: [...step.send, ...state.unresolved] };
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

export function submitted(state: EntityState, command: Mutate): EntityState {
  return { ...state, lastSeq: command.seq, after: command.seq, unresolved: [...state.unresolved, command] };
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
      return { ...still({ ...state, view, known: true, following: 'yes' }), send: replaced ? state.unresolved : [] };
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
  const wishes = [...state.unresolved, ...unsent];
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
  const due = receipts.filter(([seq]) => step.state.unresolved.some(command => command.seq === seq));
  if (due.length === 0) return step;
  const unresolved = step.state.unresolved.filter(command => !due.some(([seq]) => seq === command.seq));
  return { ...step, state: { ...step.state, unresolved }, receipts: [...step.receipts, ...due] };
}

function refused(state: EntityState, frame: Refused): Step {
  if (UNDECIDED.has(frame.code)) return { ...still(state), again: 'resend' };
  const { seq, version, code, detail, pointer } = frame;
  const receipt: Receipt = { outcome: 'refused', version, code, detail, ...(pointer === undefined ? {} : { pointer }) };
  const step = settle(still(state), [[seq, receipt]]);
  // A client the entity has forgotten starts over: 0 is always decided.
  const forgotten = code === 'expired-client' && step.state.unresolved.length === 0;
  return forgotten ? { ...step, state: { ...step.state, after: 0 } } : step;
}

/** The commands after seq `expected`, the first of them now following it; what lay between is decided and gone. */
function afterGap(state: EntityState, expected: number): EntityState {
  const first = state.unresolved.find(command => command.seq > expected);
  if (first === undefined) return state.unresolved.length > 0 ? state : { ...state, after: expected };
  const relinked = state.unresolved.map(command =>
    command === first && command.after > expected ? { ...command, after: expected } : command,
  );
  return { ...state, unresolved: relinked };
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
    state.unresolved.map(({ seq }) => [seq, refusal]),
  );
}
