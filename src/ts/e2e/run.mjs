// Runs the browser client against a real node in a browser: node e2e/run.mjs [--browser chromium|firefox|webkit] [--seed N] [--only WORD] [--lanes N] [--keep]
// Each lane has a node and a browser of its own and takes the next test when it is through with one.
// Environment: HOLDFAST (what starts a node), CHROMIUM, FIREFOX and WEBKIT (the browsers' paths), CLIENT_JS (the client),
// E2E_JDBC_URL and E2E_JDBC_USER (a PostgreSQL for two nodes; else the drain is one node's).
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as chromium from './browsers/chromium.mjs';
import * as firefox from './browsers/firefox.mjs';
import { plain } from './browsers/plain.mjs';
import * as webkit from './browsers/webkit.mjs';
import { createLine } from './harness/line.mjs';
import { createNode } from './harness/node.mjs';
import { Unable } from './harness/person.mjs';
import { randomFrom } from './harness/random.mjs';
import { createSite } from './harness/site.mjs';
import { pause } from './harness/wait.mjs';
import { createWorld } from './harness/world.mjs';

const BROWSERS = {
  chromium: chromium.launch,
  firefox: async () => plain(await firefox.launch()),
  webkit: async () => plain(await webkit.launch()),
};
const MOST_MS = 90_000 + Number(process.env.E2E_SECONDS ?? 0) * 1000;
const { values } = parseArgs({
  options: {
    browser: { type: 'string', default: 'chromium' },
    seed: { type: 'string' },
    only: { type: 'string', default: '' },
    lanes: { type: 'string', default: '1' },
    keep: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const home = await mkdtemp(join(tmpdir(), 'holdfast-e2e-'));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
console.log(`seed ${seed}, nodes in ${home}`);

async function allTests() {
  const directory = join(import.meta.dirname, 'tests');
  const files = (await readdir(directory)).filter(file => file.endsWith('.mjs')).sort();
  const modules = await Promise.all(files.map(file => import(join(directory, file))));
  return modules.flatMap(({ tests }) => Object.entries(tests)).filter(([name]) => name.includes(values.only));
}

/** A test that fails, or comes to no end, says where its pages are. */
async function inTime(result, { tabs }) {
  const late = pause(MOST_MS).then(() => Promise.reject(new Error(`no end after ${MOST_MS} ms`)));
  try {
    return await Promise.race([result, late]);
  } catch (error) {
    if (error instanceof Unable) throw error;
    const looks = await Promise.all(tabs().map(tab => Promise.race([tab.look(), pause(1_000)]).catch(String)));
    const seen = looks.map(look => JSON.stringify({ ...look, value: undefined, confirmed: undefined }));
    throw new Error([error.stack, ...seen].join('\n  '));
  }
}

async function runOne(name, run, stage) {
  const started = Date.now();
  const worlds = [];
  const world = async (other = {}) => {
    const made = await createWorld({ ...stage, ...other, name, random: randomFrom(seed) });
    worlds.push(made);
    return made;
  };
  try {
    stage.line.mend();
    if (!stage.node.isUp()) await stage.node.start();
    const own = await world();
    const result = await inTime(run({ ...stage, ...own, world }), own);
    console.log(`ok   ${((Date.now() - started) / 1000).toFixed(1).padStart(5)} s  ${name}: ${result}`);
    return true;
  } catch (error) {
    if (error instanceof Unable) {
      console.log(`skip         ${name}: ${error.message} (expected: a browser that can)`);
      return undefined;
    }
    console.log(
      `FAIL ${((Date.now() - started) / 1000).toFixed(1).padStart(5)} s  ${name} (seed ${seed})\n${error.stack}`,
    );
    return false;
  } finally {
    await Promise.allSettled(worlds.map(made => made.close()));
  }
}

const tests = await allTests();
const waiting = [...tests];
const site = await createSite();
let failed = 0;
let skipped = 0;

async function runLane(number) {
  const node = await createNode({ home: join(home, `node${number}`), origin: site.origin });
  const line = await createLine(node.http);
  const browser = await BROWSERS[values.browser]();
  try {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [name, run] = next;
      const held = await runOne(name, run, { browser, site, node, line, home });
      if (held === undefined) skipped += 1;
      else if (!held) failed += 1;
    }
  } finally {
    await browser.close();
    await node.kill();
    line.close();
  }
}

try {
  const lanes = Math.min(Number(values.lanes), tests.length);
  await Promise.all(Array.from({ length: lanes }, (_, number) => runLane(number)));
} finally {
  site.close();
  if (failed === 0 && !values.keep) await rm(home, { recursive: true });
}
console.log(
  failed === 0
    ? `${skipped === 0 ? 'all ' : ''}${tests.length - skipped} hold${skipped === 0 ? '' : `, ${skipped} skipped`}`
    : `${failed} of ${tests.length} failed (seed ${seed}; logs in ${home})`,
);
// Chromium can have everything done to it: there, what is skipped was not run by mistake.
if (values.browser === 'chromium' && skipped > 0) failed += skipped;
// A timer of a test that came to no end must not keep us.
process.exit(failed === 0 ? 0 : 1);
