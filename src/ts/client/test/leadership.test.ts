import assert from 'node:assert/strict';
import { it } from 'vitest';
import { createLeadership } from '../src/leadership.js';

it('a page that is refused the lock, as one that is being unloaded is, does not ask again at once', async () => {
  let asked = 0;
  const later: (() => void)[] = [];
  const locks = {
    async request() {
      asked += 1;
      if (asked > 100) return new Promise<never>(() => {});
      throw new DOMException('not fully active', 'InvalidStateError');
    },
  };

  createLeadership(
    locks,
    'account',
    () => assert.fail('it leads'),
    () => {},
    run => later.push(run),
  );
  await new Promise(resolve => setImmediate(resolve));
  const atOnce = asked;
  later.shift()?.();
  await new Promise(resolve => setImmediate(resolve));

  assert.deepEqual([atOnce, asked, later.length], [1, 2, 1]);
});
