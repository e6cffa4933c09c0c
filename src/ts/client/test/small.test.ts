import assert from 'node:assert/strict';
import { afterEach, describe, it, vi } from 'vitest';
import { addressesOf } from '../src/address.js';
import type { Status } from '../src/api.js';
import { createIds } from '../src/ids.js';
import { nextStatus, type StatusEvent } from '../src/status.js';
import { platform } from '../src/surroundings.js';
import { claimsOf, createTokens } from '../src/tokens.js';

describe('addresses', () => {
  it('of the socket and of the rest follow from one, however it is written', () => {
    const usual = { socket: 'ws://a:8080/v1/socket', origin: 'http://a:8080' };

    for (const url of ['http://a:8080', 'ws://a:8080/', 'ws://a:8080/v1/socket'])
      assert.deepEqual(addressesOf(url), usual);
    assert.deepEqual(addressesOf('https://a/live?x=1'), { socket: 'wss://a/live?x=1', origin: 'https://a' });
    for (const url of ['nowhere', 'localhost:8080', 'ftp://a']) assert.throws(() => addressesOf(url), TypeError);
  });
});

describe('the platform', () => {
  afterEach(() => vi.useRealTimers());

  it('waits for what is due in a month, and not for a moment', () => {
    vi.useFakeTimers();
    const run = vi.fn();

    platform().after(30 * 86_400_000, run);
    vi.advanceTimersByTime(24 * 86_400_000);

    assert.equal(run.mock.calls.length, 0);
  });

  it('says what is missing where there is no WebSocket', () => {
    vi.stubGlobal('WebSocket', undefined);
    try {
      assert.throws(() => platform().socket('ws://a', 'p'), { message: /WebSocket: none \(expected: the option/ });
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

describe('the status', () => {
  const cases: readonly (readonly [Status, StatusEvent, Status])[] = [
    ['connecting', 'welcomed', 'online'],
    ['online', 'lost', 'offline'],
    ['online', 'drained', 'draining'],
    ['draining', 'lost', 'draining'],
    ['draining', 'dialled', 'connecting'],
    ['needs-auth', 'lost', 'needs-auth'],
    ['connecting', 'denied', 'needs-auth'],
    ['needs-auth', 'dialled', 'connecting'],
    ['online', 'paused', 'offline'],
    ['offline', 'closed', 'closed'],
    ['closed', 'welcomed', 'closed'],
  ];
  for (const [from, event, to] of cases) {
    it(`${from}, ${event}: ${to}`, () => assert.equal(nextStatus(from, event), to));
  }
});

describe('tokens', () => {
  const jwt = (claims: object) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;

  it('say whose they are and until when, or are names', () => {
    assert.deepEqual(claimsOf(jwt({ sub: 'zoë', exp: 7 })), { subject: 'zoë', expires: 7000 });
    assert.deepEqual(claimsOf('alice#admin,editor'), { subject: 'alice' });
    assert.deepEqual(claimsOf('a.b.c'), { subject: 'a.b.c' });
    assert.deepEqual(claimsOf(undefined), { subject: 'anonymous' });
  });

  it('come from the source each time, unless the application has told a newer one', async () => {
    let n = 0;
    const tokens = createTokens(() => {
      n += 1;
      return `t${n}`;
    });
    const first = await tokens.get();
    tokens.put('told');

    assert.deepEqual([first, await tokens.get(), await tokens.get()], ['t1', 'told', 't2']);
    assert.deepEqual([tokens.renewable, createTokens('x').renewable], [true, false]);
  });
});

describe('a token that is told', () => {
  it('is newer than what the source had before, as long as it has nothing else', async () => {
    let kept = 'old';
    const tokens = createTokens(() => kept);
    const first = await tokens.get();
    tokens.put('told');
    const then = [await tokens.get(), await tokens.get()];
    kept = 'fresh';

    const since = [await tokens.get(), await tokens.get()];
    assert.deepEqual([first, ...then, ...since], ['old', 'told', 'told', 'fresh', 'fresh']);
  });

  it('is used although the source fails', async () => {
    const tokens = createTokens(() => {
      throw new Error('signed out');
    });
    await assert.rejects(tokens.get(), /signed out/);
    tokens.put('told');

    assert.deepEqual([await tokens.get(), await tokens.get()], ['told', 'told']);
  });
});

describe('ids', () => {
  it('are in order, also when the clock goes back', () => {
    const times = [5, 5, 3, 6].map(n => n + 1_795_000_000_000);
    const { next } = createIds('abcdef', () => times.shift() as number);
    const ids = [next(), next(), next(), next()];

    assert.deepEqual([...ids].sort(), ids);
    assert.equal(new Set(ids).size, 4);
    assert.ok(ids.every(id => id.endsWith('abcdef')));
  });

  it('are behind those of an earlier page whose clock was ahead', () => {
    const earlier = createIds('ghijkl', () => 1_795_000_000_000).next();
    const ids = createIds('abcdef', () => 1_794_000_000_000);

    ids.behind(earlier);

    assert.ok(ids.next() > earlier);
  });
});
