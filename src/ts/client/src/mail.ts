import type { Command, Outcome, Settled } from './command.js';
import type { EntityFrame, ErrorCode, Failed, Mutate, Refused } from './frames.js';

/** A numbered command without a receipt; `repeated` if it was on the wire before this connection. */
export interface Sent {
  readonly command: Command & { readonly seq: number };
  readonly after: number;
  readonly repeated: boolean;
}

/**
 * This client's commands to one entity, as the server numbers them. `last` is the newest number that is given; while `forgotten`
 * the entity no longer knows this client, and numbers start over when nothing is unresolved.
 */
export interface Mail {
  readonly unresolved: readonly Sent[];
  readonly last: number;
  readonly forgotten: boolean;
}

/** The next state; what is settled; whether to send what is not once more after a pause; what certainly was not applied and needs a new number. */
export interface MailStep {
  readonly mail: Mail;
  readonly settled: Settled;
  readonly resend: boolean;
  readonly anew: readonly Command[];
}

/** Refusals that decide nothing: the same command may fare better a moment later. */
const UNDECIDED: ReadonlySet<string> = new Set<ErrorCode>(['unavailable', 'gap']);
/** Errors that pass. */
const PASSING: ReadonlySet<string> = new Set<ErrorCode>(['unavailable', 'overloaded', 'quarantined', 'internal']);
/** Errors of the entity itself: no command to it can fare better. */
const HOPELESS: ReadonlySet<string> = new Set<ErrorCode>(['unknown-kind', 'bad-entity']);

export const EMPTY: Mail = { unresolved: [], last: 0, forgotten: false };

/** One more command under way; its number is higher than all before. */
export function posted(mail: Mail, command: Command & { readonly seq: number }, repeated = false): Mail {
  return { ...mail, last: command.seq, unresolved: [...mail.unresolved, { command, after: mail.last, repeated }] };
}

/** A new connection: what was on the wire may have arrived. */
export function repeated(mail: Mail): Mail {
  return { ...mail, unresolved: mail.unresolved.map(one => ({ ...one, repeated: true })) };
}

/** The frames of the commands without a receipt, in order. */
export function framesOf(mail: Mail): readonly Mutate[] {
  return mail.unresolved.map(({ command: { entity, seq, ops, if: version }, after }) => ({
    ...{ t: 'mutate', entity, seq, after, ops },
    ...(version === undefined ? {} : { if: version }),
  }));
}

/** The server could not even read the command: it is refused as if it had been judged. */
export function unreadable(mail: Mail, seq: number, { code, detail }: Failed): MailStep {
  return settle(mail, [[seq, { version: 0, code, detail }]]);
}

/** What a frame of the server means for the commands of the client with that id. */
export function judged(mail: Mail, frame: EntityFrame, client: string): MailStep {
  switch (frame.t) {
    case 'changed': {
      const own = frame.changes.filter(change => change.client === client);
      return settle(
        mail,
        own.map(({ seq, version }) => [seq, { version, duplicate: false }]),
      );
    }
    case 'accepted':
      return settle(mail, [[frame.seq, { version: frame.version, duplicate: frame.duplicate === true }]]);
    case 'refused':
      return refused(mail, frame);
    case 'gap':
      return { ...still(afterGap(mail, frame.expected)), resend: true };
    case 'error':
      return frame.re === 'mutate' ? failed(mail, frame) : still(mail);
    default:
      return still(mail);
  }
}

function still(mail: Mail): MailStep {
  return { mail, settled: [], resend: false, anew: [] };
}

function settle(mail: Mail, receipts: readonly (readonly [seq: number, outcome: Outcome])[]): MailStep {
  const outcomes = new Map(receipts);
  const settled = mail.unresolved.flatMap(({ command }) => {
    const outcome = outcomes.get(command.seq);
    return outcome === undefined ? [] : [[command.id, outcome] as const];
  });
  return { ...still(without(mail, new Set(outcomes.keys()))), settled };
}

function without(mail: Mail, seqs: ReadonlySet<number>): Mail {
  return { ...mail, unresolved: mail.unresolved.filter(({ command }) => !seqs.has(command.seq)) };
}

function refused(mail: Mail, frame: Refused): MailStep {
  const { seq, version, code, detail, pointer } = frame;
  if (UNDECIDED.has(code)) return { ...still(mail), resend: true };
  if (code === 'expired-client') return forgotten(mail, frame);
  return settle(mail, [[seq, { version, code, detail, ...(pointer === undefined ? {} : { pointer }) }]]);
}

/**
 * The entity has forgotten this client. What was sent over this connection only was judged just now and not applied: it goes
 * again under a new number. What was sent before may have been applied long ago: nobody knows, and the refusal says so.
 */
function forgotten(mail: Mail, { seq, version, code, detail }: Refused): MailStep {
  const expired = mail.unresolved.find(({ command }) => command.seq === seq);
  if (expired === undefined) return still(mail);
  const over: Mail = { ...mail, forgotten: true };
  if (expired.repeated) return settle(over, [[seq, { version, code, detail }]]);
  const { seq: _, ...unnumbered } = expired.command;
  return { ...still(without(over, new Set([seq]))), anew: [unnumbered] };
}

/** The commands after seq `expected`, the first of them now following it; what lay between is decided and gone. */
function afterGap(mail: Mail, expected: number): Mail {
  const first = mail.unresolved.find(({ command }) => command.seq > expected);
  if (first === undefined) return mail.unresolved.length > 0 ? mail : { ...mail, last: expected };
  const relinked = { ...first, after: Math.min(first.after, expected) };
  return { ...mail, unresolved: mail.unresolved.map(one => (one === first ? relinked : one)) };
}

function failed(mail: Mail, { code, detail }: Failed): MailStep {
  const blamed = mail.unresolved.length === 1 && !PASSING.has(code);
  if (!HOPELESS.has(code) && !blamed) return { ...still(mail), resend: true };
  return settle(
    mail,
    mail.unresolved.map(({ command }) => [command.seq, { version: 0, code, detail }]),
  );
}
