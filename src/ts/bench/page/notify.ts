import { connected } from './connected.js';
import { type Summary, summary } from './measure.js';
import { entityStore, localStore, reduxStore, type Store, zustandStore } from './stores.js';

const SELECTORS = 1_000;
const WARM_UP = 200;
const ROUNDS = 1_000;

/** From the call of the update until the one listener concerned was told, with 1,000 of them listening. */
async function measure(store: Store): Promise<Summary> {
  let told = 0;
  let tell = () => {};
  for (let n = 0; n < SELECTORS; n++) {
    store.select(
      board => board.todos[n]?.text,
      () => {
        told += 1;
        tell();
      },
    );
  }
  const durations: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const heard = new Promise<void>(done => {
      tell = done;
    });
    const before = told;
    const start = performance.now();
    store.rewrite(round % SELECTORS, `rewritten in round ${round}`);
    if (told === before) await heard;
    const end = performance.now();
    if (told !== before + 1) throw new Error(`${told - before} listeners told (expected: 1)`);
    if (round >= WARM_UP) durations.push(end - start);
    // Receipts come in between, as they do in life.
    if (round % 20 === 19) await new Promise(done => setTimeout(done, 20));
  }
  return summary(durations);
}

/** All in the same page, one after the other, several times; the last time counts. */
async function run(): Promise<Readonly<Record<string, Summary>>> {
  const BYTES = SELECTORS * 500;
  const { hf, entity } = await connected();
  const results: Record<string, Summary> = {};
  for (let turn = 0; turn < 2; turn++) {
    results['zustand'] = await measure(zustandStore(BYTES));
    results['redux-toolkit'] = await measure(reduxStore(BYTES));
    results['holdfast local'] = await measure(localStore(BYTES));
  }
  results['holdfast entity'] = await measure(entityStore(hf, entity));
  return results;
}

window.bench = run;
