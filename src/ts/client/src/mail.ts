import type { Command, Numbered, Outcome, Settled } from './command.js';
import { type EntityFrame, type Failed, type Mutate, PASSING, type Refused } from './frames.js';

/** A numbered command without a receipt; `repeated` if it was on the wire before this connection. */
export interface Sent {
  readonly command: Numbered;
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
  /** The newest that is known to be accepted: an entity that has accepted it knows this client. */
  readonly accepted: number;
  readonly forgotten: boolean;
}

/** The next state; what is settled; whether to send what is not once more after a pause; what certainly was not applied and needs a new number. */
export interface MailStep {
  readonly mail: Mail;
  readonly settled: Settled;
  readonly resend: boolean;
  readonly anew: readonly Command[];
}

export const EMPTY: Mail = { unresolved: [], last: 0, accepted: 0, forgotten: false };

/** One more command under way, in the place of its number: that of a new one is higher than all before. */
export function posted(mail: Mail, command: Numbered, repeated = false): Mail {
  const { seq } = command;
  const unresolved = [...mail.unresolved, { command, after: Math.min(mail.last, seq - 1), repeated }];
  return {
    ...mail,
    last: Math.max(mail.last, seq),
    unresolved: unresolved.sort((a, b) => a.command.seq - b.command.seq),
  };
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
    case 'changed':
      return settle(
        mail,
        frame.changes
          .filter(change => change.client === client)
          .map(({ seq, version }) => [seq, { version, duplicate: false }]),
      );
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
  const settled: [string, Outcome][] = [];
  const unresolved = mail.unresolved.filter(({ command: { id, seq } }) => {
    const outcome = outcomes.get(seq);
    if (outcome !== undefined) settled.push([id, outcome]);
    return outcome === undefined;
  });
  // Numbers of a former life, from before they started over, can be higher than any of this one.
  const newest = receipts.flatMap(([seq, outcome]) => ('code' in outcome || seq > mail.last ? [] : [seq]));
  const accepted = Math.max(mail.accepted, ...newest);
  const forgotten = mail.forgotten && accepted === mail.accepted;
  return { ...still({ ...mail, unresolved, accepted, forgotten }), settled };
}

function refused(mail: Mail, frame: Refused): MailStep {
  const { seq, version, code, detail, pointer } = frame;
  // Nobody judged it, or not in its turn.
  if (code === 'unavailable' || code === 'gap') return { ...still(mail), resend: true };
  const step = settle(mail, [[seq, { version, code, detail, ...(pointer === undefined ? {} : { pointer }) }]]);
  return code === 'expired-client' ? forgotten(mail, step, seq) : step;
}

/**
 * What was sent over this connection only was judged just now and not applied, because the entity has forgotten this client: it
 * goes again under a new number. What was sent before may have been applied long ago, or refused for a reason that is forgotten:
 * nobody knows, and the refusal says so. It does not say that the client is forgotten: numbers that start over then would be taken
 * for those of old commands. Nor does it when a later command of this client was accepted: then the entity has moved meanwhile, and
 * has forgotten the reason only.
 */
function forgotten(before: Mail, step: MailStep, number: number): MailStep {
  const expired = before.unresolved.find(({ command }) => command.seq === number);
  if (expired === undefined || expired.repeated || before.accepted > number) return step;
  const { seq: _, ...unnumbered } = expired.command;
  return { ...still({ ...step.mail, forgotten: true }), anew: [unnumbered] };
}

/** The commands after seq `expected`, the first of them now following it; what lay between is decided and gone. */
function afterGap(mail: Mail, expected: number): Mail {
  const first = mail.unresolved.find(({ command }) => command.seq > expected);
  if (first === undefined) return mail.unresolved.length > 0 ? mail : { ...mail, last: expected };
  const relinked = { ...first, after: Math.min(first.after, expected) };
  return { ...mail, unresolved: mail.unresolved.map(one => (one === first ? relinked : one)) };
}

function failed(mail: Mail, { code, detail }: Failed): MailStep {
  const ofEntity = code === 'unknown-kind' || code === 'bad-entity';
  if (!ofEntity && (mail.unresolved.length > 1 || PASSING.has(code))) return { ...still(mail), resend: true };
  return settle(
    mail,
    mail.unresolved.map(({ command }) => [command.seq, { version: 0, code, detail }]),
  );
}
