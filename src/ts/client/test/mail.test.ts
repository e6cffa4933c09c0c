import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import type { Numbered } from '../src/command.js';
import type { Change, EntityFrame, ErrorCode, Mutate } from '../src/frames.js';
import { EMPTY, framesOf, judged, type Mail, posted, repeated, unreadable } from '../src/mail.js';
import { goldenFrame } from './golden.js';

const entity = 'board/welcome';
const me = 'me';
const command = (seq: number): Numbered => ({ id: `c${seq}`, entity, ops: [], at: 0, seq });
const sending = (count: number, from: Mail = EMPTY): Mail =>
  Array.from({ length: count }, (_, i) => command(from.last + i + 1)).reduce((mail, one) => posted(mail, one), from);
const numbers = (mail: Mail) => framesOf(mail).map(({ seq, after }) => [seq, after]);
const by = (version: number, client: string, seq: number): Change => ({ version, client, seq, by: client, at: 0 });
const changed = (...changes: Change[]): EntityFrame => ({
  t: 'changed',
  entity,
  from: 7,
  version: 7 + changes.length,
  ops: [],
  changes,
});
const refused = (seq: number, code: ErrorCode): EntityFrame => ({
  t: 'refused',
  entity,
  seq,
  code,
  detail: 'd',
  version: 7,
});
const failed = (code: ErrorCode): EntityFrame => ({ t: 'error', entity, re: 'mutate', code, detail: '' });

describe('commands on their way', () => {
  it('are not numbered anew for an entity that has accepted a later one, and forgot a reason only', () => {
    const accepted = judged(sending(5), { t: 'accepted', entity, seq: 5, version: 4 }, me).mail;
    const known = judged(accepted, refused(4, 'expired-client'), me);
    const unknown = judged(sending(5), refused(4, 'expired-client'), me);
    const since = judged(unknown.mail, { t: 'accepted', entity, seq: 5, version: 4 }, me);

    assert.deepEqual([known.mail.forgotten, known.settled.length, known.anew.length], [false, 1, 0]);
    assert.deepEqual([unknown.mail.forgotten, since.mail.forgotten], [true, false]);
  });

  it('are numbered, each after the one before', () => {
    assert.deepEqual(numbers(sending(3)), [
      [1, 0],
      [2, 1],
      [3, 2],
    ]);
  });

  it('look like the golden ones', () => {
    for (const name of ['client-mutate', 'client-mutate-if', 'client-mutate-first']) {
      const { t: _, after, ...rest } = goldenFrame<Mutate>(name);
      const mail = posted({ ...EMPTY, last: after }, { id: 'x', at: 0, ...rest });

      assert.deepEqual(framesOf(mail), [goldenFrame(name)]);
    }
  });

  it('find their receipts in changes, whoever else is in there', () => {
    const step = judged(sending(3), changed(by(8, me, 1), by(9, 'you', 1), by(10, me, 2)), me);

    assert.deepEqual(step.settled, [
      ['c1', { version: 8, duplicate: false }],
      ['c2', { version: 10, duplicate: false }],
    ]);
    assert.deepEqual(numbers(step.mail), [[3, 2]]);
  });

  it('are accepted without a change, and told once only', () => {
    const accepted: EntityFrame = { t: 'accepted', entity, seq: 1, version: 8, duplicate: true };
    const first = judged(sending(1), accepted, me);

    assert.deepEqual(first.settled, [['c1', { version: 8, duplicate: true }]]);
    assert.deepEqual(judged(first.mail, accepted, me).settled, []);
  });

  it('are refused with code, detail and pointer', () => {
    const step = judged(sending(1), { ...refused(1, 'invalid'), pointer: '/p' } as EntityFrame, me);

    assert.deepEqual(step.settled, [['c1', { version: 7, code: 'invalid', detail: 'd', pointer: '/p' }]]);
  });

  it('stay unresolved when the server cannot tell, and are sent again in order', () => {
    for (const frame of [refused(1, 'unavailable'), failed('unavailable'), failed('overloaded'), failed('forbidden')]) {
      const step = judged(sending(2), frame, me);

      assert.deepEqual(
        [step.resend, step.settled.length, numbers(step.mail)],
        [
          true,
          0,
          [
            [1, 0],
            [2, 1],
          ],
        ],
      );
    }
  });

  it('follow the seq a gap names when what lay between is settled', () => {
    const step = judged(judged(sending(3), refused(1, 'overloaded'), me).mail, { t: 'gap', entity, expected: 0 }, me);

    assert.deepEqual(
      [step.resend, numbers(step.mail)],
      [
        true,
        [
          [2, 0],
          [3, 2],
        ],
      ],
    );
  });

  it('start over with an entity that has forgotten the client: what may have counted is refused, the rest goes again', () => {
    const mail = sending(1, repeated(sending(1)));
    const first = judged(mail, refused(1, 'expired-client'), me);
    const second = judged(first.mail, refused(2, 'expired-client'), me);

    assert.deepEqual([first.settled.map(([id]) => id), first.anew], [['c1'], []]);
    assert.deepEqual([second.settled, second.anew.map(({ id, seq }) => [id, seq])], [[], [['c2', undefined]]]);
    assert.equal(second.mail.forgotten, true);
  });

  it('do not start over when only what became of an old one is forgotten: new numbers would be taken for old ones', () => {
    const mail = repeated(sending(1));
    const step = judged(mail, refused(1, 'expired-client'), me);
    const next = posted(step.mail, command(2));

    assert.deepEqual([step.mail.forgotten, step.mail.last, numbers(next)], [false, 1, [[2, 1]]]);
  });

  it('stand in the order of their numbers, whoever comes with an old one', () => {
    const late = posted(sending(2, { ...EMPTY, last: 5 }), command(3), true);

    assert.deepEqual(
      [late.last, numbers(late)],
      [
        7,
        [
          [3, 2],
          [6, 5],
          [7, 6],
        ],
      ],
    );
  });

  it('to an entity that cannot be are all refused at once', () => {
    const step = judged(sending(2), failed('unknown-kind'), me);

    assert.deepEqual([step.settled.length, framesOf(step.mail).length], [2, 0]);
  });

  it('take the blame alone', () => {
    assert.deepEqual(
      judged(sending(1), failed('bad-frame'), me).settled.map(([id]) => id),
      ['c1'],
    );
    const step = unreadable(sending(2), 1, { t: 'error', code: 'too-deep', detail: 'deep' });
    assert.deepEqual(
      [step.settled, numbers(step.mail)],
      [[['c1', { version: 0, code: 'too-deep', detail: 'deep' }]], [[2, 1]]],
    );
  });
});
