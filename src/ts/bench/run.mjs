// Speed and size of the browser client, against zustand and redux-toolkit where they do the same: npm run bench
// Environment: HOLDFAST (what starts a node), CHROMIUM (the browser). Nothing else should run on the machine meanwhile.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { FLAGS } from '../e2e/browsers/chromium.mjs';
import { createNode } from '../e2e/harness/node.mjs';
import { token } from '../e2e/harness/tokens.mjs';
import { createBenchSite } from './site.mjs';
import { sizes } from './sizes.mjs';
import { kept, table, times } from './table.mjs';

const MEGABYTE = 1_000_000;
const RELOADS = 20;
const CHANGES = 300;

const site = await createBenchSite(['notify.ts', 'frames.tsx', 'received.ts', 'reload.tsx']);
const home = await mkdtemp(join(tmpdir(), 'holdfast-bench-'));
const node = await createNode({ home, origin: site.origin });

function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
}

/** Opens a page of the bench in a browser profile of its own. */
async function open(browser, name, entity) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.on('pageerror', error => console.error(`${name}: ${error.stack ?? error}`));
  await page.addInitScript(
    settings => {
      window.settings = settings;
    },
    { url: node.url, token: token('bench', { seconds: 86_400 }), entity },
  );
  await page.goto(`${site.origin}/${name}`);
  await page.waitForFunction(() => window.bench !== undefined);
  return page;
}

function boardOf(bytes) {
  const todos = Array.from({ length: Math.ceil(bytes / 500) }, (_, n) => ({
    id: `todo-${n}`,
    text: `${n}: ${'what there is to do about it, in some words. '.repeat(10)}`,
    done: n % 3 === 0,
  }));
  return { marks: {}, counter: 0, text: '', todos };
}

async function notify(browser) {
  await node.put('lab/notify', boardOf(MEGABYTE / 2));
  const page = await open(browser, 'notify', 'lab/notify');
  const results = await page.evaluate(() => window.bench());
  const rows = Object.entries(results).map(([name, { p50, p95, p99 }]) => {
    return [
      name,
      p50,
      p95,
      p99,
      times(p50, results.zustand.p50),
      times(p50, results['redux-toolkit'].p50),
      name.startsWith('holdfast') ? kept(p50, 1) : '',
    ];
  });
  console.log(
    table(
      'Update and notify, 1,000 selectors, ms',
      ['', 'p50', 'p95', 'p99', 'p50 / zustand', 'p50 / redux', 'median ≤ 1'],
      rows,
    ),
  );
  await page.context().close();
}

async function frames(browser) {
  await node.put('lab/frames', boardOf(MEGABYTE));
  const page = await open(browser, 'frames', 'lab/frames');
  const results = await page.evaluate(() => window.bench());
  const rowsOf = (which, target) =>
    Object.entries(results).map(
      ([
        name,
        {
          [which]: { p50, p95, p99 },
          rendered,
        },
      ]) => {
        const ratios = ['zustand', 'redux-toolkit'].map(other => times(p95, results[other][which].p95));
        const verdict = name === 'holdfast' && target !== undefined ? kept(p95, target) : '';
        return [name, p50, p95, p99, ...ratios, ...rendered.map(String), verdict];
      },
    );
  const columns = ['', 'p50', 'p95', 'p99', 'p95 / zustand', 'p95 / redux', 'rendered, mean', 'most'];
  const title = 'Update to painted frame, 200 React components, 1 MB document, ms';
  console.log(table(`${title}: the work of a frame`, [...columns, 'p95 ≤ 8'], rowsOf('work', 8)));
  console.log(
    table(`${title}: at any moment, waiting for one of 60 frames a second`, [...columns, ''], rowsOf('felt')),
  );
  await page.context().close();
}

async function received(browser) {
  const file = join(import.meta.dirname, '../node_modules/world-countries-4/countries.json');
  const countries = JSON.parse(await readFile(file, 'utf8'));
  const renamed = mark => countries.map(country => ({ ...country, cca3: `${country.cca3}${mark}` }));
  const documents = {
    small: countries.slice(0, 1),
    medium: countries,
    large: [...countries, ...renamed('-2'), ...renamed('-3')],
  };
  const pages = {};
  for (const [size, document] of Object.entries(documents)) {
    await node.put(`dataset/${size}`, document);
    pages[size] = await open(browser, 'received', `dataset/${size}`);
  }
  const bytes = {};
  for (const size of Object.keys(documents)) bytes[size] = await pages[size].evaluate(() => window.bench());
  // Turn by turn, so that whatever disturbs one disturbs the other too.
  for (let n = 0; n < CHANGES + 50; n++) {
    for (const [size, document] of Object.entries(documents)) {
      const { cca3 } = document[(n * 31) % document.length];
      await node.patch(`dataset/${size}`, [
        { op: 'replace', path: `/cca3=${cca3}/name/common`, value: `renamed ${n}` },
      ]);
    }
  }
  const results = {};
  for (const size of Object.keys(documents)) {
    await pages[size].waitForFunction(n => window.measured(0).n >= n, CHANGES, { timeout: 10_000 });
    results[size] = await pages[size].evaluate(() => window.measured(50));
    await pages[size].context().close();
  }
  const rows = Object.entries(results).map(([size, { p50, p95, p99 }]) => {
    return [
      `${bytes[size].toLocaleString('en')} characters`,
      p50,
      p95,
      p99,
      times(p50, results.small.p50),
      size === 'small' ? '' : kept(p50 / results.small.p50, 3),
    ];
  });
  console.log(
    table(
      'A received change, from message to listener, ms (world-countries)',
      ['document', 'p50', 'p95', 'p99', 'p50 / small', 'ratio ≤ 3'],
      rows,
    ),
  );
}

async function reload(browser) {
  await node.put('lab/reload', boardOf(MEGABYTE));
  const page = await open(browser, 'reload', 'lab/reload');
  const stored = await reloads(page, async n => {
    await page.waitForFunction(() => window.live());
    // The cache is written when the page has nothing else to do.
    await page.waitForTimeout(n === 0 ? 3_000 : 300);
  });
  const odd = stored.filter(({ status }) => status !== 'stale').length;
  if (odd > 0) console.log(`${odd} of ${RELOADS} reloads were not painted from storage (expected: none)`);
  await page.goto(`${site.origin}/reload?floor`);
  const floor = await reloads(page, () => {});
  const rows = [
    ['from navigation start', stored, 'sinceNavigation', 150],
    ['from script start', stored, 'sinceScript'],
    ['the same page without client and storage, from navigation start', floor, 'sinceNavigation'],
  ].map(([name, results, since, most]) => {
    const sorted = results.map(result => result[since]).sort((a, b) => a - b);
    const [p50, p95] = [0.5, 0.95].map(share => sorted[Math.floor(sorted.length * share)]);
    return [name, p50, p95, most === undefined ? '' : kept(p50, most)];
  });
  console.log(
    table('Reload to first painted state from IndexedDB, 1 MB document, ms', ['', 'p50', 'p95', 'p50 ≤ 150'], rows),
  );
  await page.goto(`${site.origin}/reload`);
  await page.waitForFunction(() => window.live());
  await heap(page);
  await page.context().close();
}

async function reloads(page, settle) {
  const results = [];
  for (let n = 0; n < RELOADS + 3; n++) {
    await page.evaluate(() => window.bench());
    await settle(n);
    await page.reload();
    await page.waitForFunction(() => window.bench !== undefined);
    const first = await page.evaluate(() => window.bench());
    if (n >= 3) results.push(first);
  }
  return results;
}

async function heap(page) {
  const used = await heapOf(page);
  const empty = await page.context().newPage();
  await empty.goto('about:blank');
  const rows = [
    ['this page with React and the 1 MB document', used / MEGABYTE, kept(Number((used / MEGABYTE).toFixed(1)), 50)],
    ['an empty page', (await heapOf(empty)) / MEGABYTE, ''],
  ];
  console.log(table('JavaScript heap after garbage collection, MB', ['', 'MB', '< 50 MB'], rows));
}

async function heapOf(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  for (let n = 0; n < 3; n++) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize;
}

async function weights() {
  const all = await sizes();
  const limits = { '@holdfast/client': 12 * 1024, '@holdfast/react (without client)': 2 * 1024 };
  const rows = all.map(({ name, minified, gzipped }) => [
    name,
    minified,
    gzipped,
    limits[name] === undefined ? '' : kept(gzipped, limits[name]),
  ]);
  console.log(table('Size, bytes', ['', 'minified', 'gzipped', 'limit'], rows));
}

console.log(`${cpus()[0].model}, ${cpus().length} cores, Node ${process.version}`);
const browser = await launch();
try {
  await node.start();
  console.log(`Chromium ${browser.version()}`);
  await frames(browser);
  await notify(browser);
  await received(browser);
  await reload(browser);
  await weights();
} finally {
  await browser.close();
  await node.kill();
  await site.close();
  await rm(home, { recursive: true });
}
