import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import type { Change } from '../src/api.js';
import { push, setUp, type Tab } from './several.js';

type Action = readonly [
  'push' | 'open' | 'close' | 'kill' | 'mute' | 'freeze' | 'thaw' | 'wait' | 'cut' | 'drop' | 'deaf',
  number,
  number,
];

const action: fc.Arbitrary<Action> = fc.tuple(
  fc.constantFrom(
    'push',
    'push',
    'push',
    'push',
    'open',
    'close',
    'kill',
    'mute',
    'freeze',
    'thaw',
    'wait',
    'cut',
    'drop',
    'deaf',
  ),
  fc.nat(4),
  fc.nat(3000),
) as fc.Arbitrary<Action>;

/** What went wrong once. */
const FOUND: readonly (readonly Action[])[] = [
  // The leader dies before the outbox is rid of what it has told; the next one knew, and left it there for all pages to come.
  [
    ['open', 0, 617],
    ['push', 1, 310],
    ['freeze', 1, 2934],
    ['kill', 0, 0],
    ['push', 0, 0],
    ['push', 3, 0],
    ['push', 0, 0],
  ],
  [
    ['push', 0, 647],
    ['kill', 0, 22],
    ['kill', 0, 0],
    ['push', 0, 36],
    ['drop', 0, 0],
    ['push', 0, 0],
    ['push', 0, 0],
    ['push', 0, 0],
    ['push', 0, 0],
    ['push', 0, 1001],
  ],
];

describe('whatever becomes of the pages', () => {
  for (const locks of [true, false]) {
    it(`nothing kept is lost, nothing counts twice and nobody is blocked, ${locks ? 'with' : 'without'} locks`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 40 }), async actions => {
          const { server, world, device, listAt, ...all } = setUp(locks);
          const everyTab: Tab[] = [];
          const open = () => {
            const tab = all.open();
            everyTab.push(tab);
            return tab;
          };
          let tabs: Tab[] = [open(), open()];
          const frozen = new Set<Tab>();
          const kept: number[] = [];
          let muted = false;
          const receipts: { readonly tab: Tab; readonly change: Change; readonly n: number }[] = [];
          await world.advance(600);
          for (const [i, [what, who, ms]] of actions.entries()) {
            const tab = tabs[who % Math.max(1, tabs.length)];
            if (what === 'open' || tab === undefined) tabs.push(open());
            else if (what === 'push' && !frozen.has(tab)) {
              const change = push(tab, i + 1);
              void change.durable.then(
                () => kept.push(i + 1),
                () => {},
              );
              receipts.push({ tab, change, n: i + 1 });
            } else if (what === 'close' && !frozen.has(tab)) {
              void tab.client.close();
              tabs = tabs.filter(one => one !== tab);
            } else if (what === 'kill') {
              tab.page.kill();
              tabs = tabs.filter(one => one !== tab);
            } else if (what === 'mute') {
              tab.page.mute();
              // One that is never heard and lives on is as good as one that is not there.
              void world.after(3000, tab.page.kill);
              tabs = tabs.filter(one => one !== tab);
              muted = true;
            } else if (what === 'freeze') {
              tab.page.freeze();
              frozen.add(tab);
            } else if (what === 'thaw') {
              tab.page.thaw();
              frozen.delete(tab);
            } else if (what === 'cut') server.hangUp();
            else if (what === 'drop') server.dropCommands(1);
            else if (what === 'deaf') world.deaf(ms % 2 === 0);
            await (what === 'wait' || ms % 7 === 0 ? world.advance(ms) : world.step(ms % 13));
          }
          world.deaf(false);
          server.dropCommands(0);
          server.hangUp();
          // The frozen ones never come back; one new page is enough to finish what is left.
          tabs = tabs.filter(tab => !frozen.has(tab));
          tabs.push(open());
          await world.advance(60_000);

          const list = listAt();
          // What a page said that was never heard may be done, and nobody knows.
          for (const { seen } of muted ? [] : everyTab)
            for (const { value } of seen)
              assert.equal(new Set(value?.list).size, value?.list.length ?? 0, `shown twice: ${value?.list.join()}`);
          assert.equal(new Set(list).size, list.length, `twice: ${list.join()}`);
          for (const n of kept) assert.ok(list.includes(n), `lost: ${n} of ${list.join()}`);
          for (const { board, client } of tabs) {
            const { value, status, pending } = board.get();
            assert.deepEqual([value?.list, status, pending, client.pending().length], [list, 'live', 0, 0]);
          }
          for (const { tab, change } of receipts) {
            if (!tabs.includes(tab)) continue;
            // Nobody else heard the receipts of a page that was never heard.
            if (muted) await change.receipt.catch(({ code }) => assert.equal(code, 'unavailable'));
            else await change.receipt;
          }
          void device;
        }),
        { numRuns: 100, endOnFailure: false, examples: FOUND.map(actions => [[...actions]]) },
      );
    });
  }
});
