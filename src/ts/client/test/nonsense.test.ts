import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import { follow, listOf, NAME, outcomeOf, push, setUp, titleOf } from './setup.js';

const about = { entity: NAME };
const changes = [{ version: 1, client: 'x', seq: 1, by: 'x', at: 1 }];
const lie = [{ op: 'replace', path: '/title', value: 'lie' }];
const refused = { t: 'refused', ...about, seq: 99_999, detail: 'x', version: 1 };
const welcome = { t: 'welcome', session: 's', node: 'n', subject: 'ada', heartbeatMs: 10_000, serverTime: 0 };
const limits = { frameBytes: 100_000, open: 1, inFlight: 1 };
const deep = '['.repeat(5000) + ']'.repeat(5000);

/** What no server should say of an entity that is at this version. */
const NONSENSE: Readonly<Record<string, (version: number) => unknown>> = {
  nothing: () => '',
  'half a frame': () => '{',
  'no object: null': () => 'null',
  'no object: a list': () => '[]',
  'no object: a number': () => '7',
  'an object that is no frame': () => ({}),
  'a frame whose type is a number': () => ({ t: 7 }),
  'a frame nobody knows': () => ({ t: 'unheard-of', entity: 'lab/x' }),
  'a change without anything': () => ({ t: 'changed', ...about }),
  'a change of what is not there': version => ({
    ...{ t: 'changed', ...about, from: version, version: 99_999, changes },
    ops: [{ op: 'replace', path: '/no/such', value: 1 }],
  }),
  'a leap that changes nothing': version => ({
    ...{ t: 'changed', ...about, from: version, version: 99_999, ops: [], changes: [] },
  }),
  'a change of long ago': () => ({ t: 'changed', ...about, from: 1, version: 2, ops: [], changes }),
  'a change that makes no version': version => ({
    ...{ t: 'changed', ...about, from: version, version, ops: lie, changes: [] },
  }),
  'a change that leads back': version => ({
    ...{ t: 'changed', ...about, from: version, version: 0, ops: lie, changes: [] },
  }),
  'an op that is null': version => ({
    ...{ t: 'changed', ...about, from: version, version: version + 1, ops: [null], changes: [] },
  }),
  'an op that lacks its path': version => ({
    ...{ t: 'changed', ...about, from: version, version: version + 1, ops: [{ op: 'move' }], changes: [] },
  }),
  'ops and changes that are no lists': version => ({
    ...{ t: 'changed', ...about, from: version, version: version + 1, ops: 'all', changes: 7 },
  }),
  'a state of no version': () => ({ t: 'state', ...about, epoch: 'x', version: null, doc: 7 }),
  'a state of what nobody opened': () => ({ t: 'state', entity: 'lab/other', epoch: 1, version: 1, doc: 7 }),
  'a state of what has no name': () => ({ t: 'state', entity: '', epoch: 1, version: 1, doc: 7 }),
  'a state as deep as no document': () => `{"t":"state","entity":"${NAME}","epoch":5000,"version":1,"doc":${deep}}`,
  'that the first command is expected': () => ({ t: 'gap', ...about, expected: 0 }),
  'that a command of the future is expected': () => ({ t: 'gap', ...about, expected: 99_999 }),
  'that one before the first is expected': () => ({ t: 'gap', ...about, expected: -1 }),
  'that a command of the future is invalid': () => ({ ...refused, code: 'invalid' }),
  'that a command of the future is of a client it forgot': () => ({ ...refused, code: 'expired-client' }),
  'that a command of the future is accepted': () => ({ t: 'accepted', ...about, seq: 99_999, version: 1 }),
  'that nothing was missed, unasked': () => ({ t: 'current', ...about, epoch: 1, version: 1 }),
  'that it closes what it goes on to serve': () => ({ t: 'closed', ...about, code: 'unavailable', detail: 'x' }),
  'that it closes what nobody opened': () => ({ t: 'closed', entity: 'nobody/x', code: 'unavailable', detail: 'x' }),
  'that something came too fast': () => ({ t: 'error', code: 'overloaded', detail: 'x' }),
  'that something cannot be read': () => ({ t: 'error', code: 'bad-frame', detail: 'x' }),
  'that our greeting cannot be read': () => ({ t: 'error', code: 'bad-frame', detail: 'x', re: 'hello' }),
  'that our token will not do, and stays': () => ({ t: 'error', code: 'unauthenticated', detail: 'x', re: 'hello' }),
  'that a command cannot be read': () => ({ t: 'error', code: 'bad-frame', detail: 'x', re: 'mutate', ...about }),
  'that something is wrong which nobody knows': () => ({ t: 'error', code: 'no-such-code', detail: 'x' }),
  'that it failed to open what is open': () => ({ t: 'error', code: 'internal', detail: 'x', re: 'open', ...about }),
  'that a number is there': () => ({ t: 'presence', ...about, put: 7 }),
  'that somebody is there nobody asked for': () => ({
    ...{ t: 'presence', ...about, put: [{ session: 's', client: 'c', by: 'b', data: 1 }] },
  }),
  'an answer to no question': () => ({ t: 'pong', n: '?' }),
  'a welcome without anything': () => ({ t: 'welcome' }),
  'a welcome to somebody else': () => ({ ...welcome, subject: 'eve', limits }),
  'a welcome that wants to hear all the time': () => ({ ...welcome, heartbeatMs: 0, limits }),
  'a welcome that never wants to hear': () => ({ ...welcome, heartbeatMs: Number.MAX_SAFE_INTEGER, limits }),
  'a welcome that leaves no room for anything under way': () => ({ ...welcome, limits: { ...limits, inFlight: 0 } }),
  'a goodbye, and stays': () => ({ t: 'goaway', code: 'draining', detail: 'x', retryAfterMs: 100 }),
  'a goodbye for ever': () => ({ t: 'goaway', code: 'nonsense', detail: 'x', retryAfterMs: Number.MAX_SAFE_INTEGER }),
};
/** However long it wants us to stay away, that is minutes at most. */
const LONG = 'a goodbye for ever';

for (const busy of [false, true])
  describe(`a server that talks nonsense ${busy ? 'while commands are under way' : 'out of the blue'}`, () => {
    for (const [what, nonsense] of Object.entries(NONSENSE))
      it(`is told everything once, and shown as it is, after it said ${what}`, async () => {
        const { board, world, server, client, join } = setUp();
        const seen = follow(board);
        const bob = join('bob').entity(NAME);
        await world.advance(0);
        bob.patch(push(1));
        await world.advance(100);
        server.dropCommands(busy ? 1 : 0);
        const early = busy ? [5, 6].map(n => board.patch(push(n))) : [];
        if (busy) await world.step(3);

        const said = nonsense(server.document(NAME).version);
        server.babble(typeof said === 'string' ? said : JSON.stringify(said));
        await world.advance(what === LONG ? 320_000 : 60_000);
        const late = board.patch(push(2));
        bob.patch(push(3));
        await world.advance(60_000);

        const { doc } = server.document(NAME);
        const { value, status, pending } = board.get();
        assert.deepEqual([client.status, status, value, pending], ['online', 'live', doc, 0]);
        assert.deepEqual([...listOf(doc)].sort(), busy ? [1, 2, 3, 5, 6] : [1, 2, 3]);
        for (const { receipt } of [...early, late]) assert.equal(await outcomeOf(receipt), 'accepted');
        assert.ok(!seen.some(one => titleOf(one.value) === 'lie'));
      });
  });
