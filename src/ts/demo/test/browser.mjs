// Drives the page of a running server in Chromium: node browser.mjs http://127.0.0.1:8080
// Environment: CHROMIUM (the browser's path), SCREENSHOTS (a folder to leave pictures in).
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [url] = process.argv.slice(2);
if (url === undefined) {
  console.error('url: none (expected: node browser.mjs http://127.0.0.1:8080)');
  process.exit(2);
}
const { CHROMIUM = '/usr/bin/chromium', SCREENSHOTS } = process.env;
const run = Date.now().toString(36);
const complaints = [];
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });

/** A browser of its own, with nothing shared, that shows the page. */
async function openPage(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on('pageerror', error => complaints.push(String(error)));
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(url);
  await bothLive(page);
  return page;
}

const pane = (page, side) => page.locator(`[data-pane=${side}]`);
const title = (page, side) => pane(page, side).locator('.title');

async function bothLive(page) {
  for (const side of ['left', 'right']) await pane(page, side).locator('.state[data-state=live]').waitFor();
}

/** Waits until the expression holds in the page. */
function until(page, test, argument) {
  return page.waitForFunction(test, argument);
}

function untilTitle(page, side, text) {
  return until(page, ([s, t]) => document.querySelector(`[data-pane=${s}] .title`).value === t, [side, text]);
}

function untilTodo(page, side, text, there = true) {
  const has = ([s, t, wanted]) =>
    [...document.querySelectorAll(`[data-pane=${s}] .todo .text`)].some(field => field.value === t) === wanted;
  return until(page, has, [side, text, there]);
}

function untilEqual(page) {
  return until(page, () => document.querySelector('#agreement').dataset.same === 'true');
}

function todos(page, side) {
  return pane(page, side)
    .locator('.todo')
    .evaluateAll(rows => rows.map(row => [row.querySelector('.text').value, row.querySelector('.check').checked]));
}

async function rowOf(page, side, text) {
  const id = await pane(page, side)
    .locator('.todo')
    .evaluateAll((rows, wanted) => rows.find(row => row.querySelector('.text').value === wanted)?.dataset.id, text);
  assert.ok(id, `${text}: not in the ${side} pane`);
  return pane(page, side).locator(`.todo[data-id="${id}"]`);
}

async function add(page, side, text) {
  await pane(page, side).locator('.new-text').fill(text);
  await pane(page, side).locator('.new-text').press('Enter');
}

async function number(page, side, value) {
  return Number.parseFloat(await pane(page, side).locator(`[data-value=${value}]`).textContent());
}

async function step(name, body) {
  try {
    await body();
    console.log(`ok   ${name}`);
  } catch (error) {
    console.log(`FAIL ${name}`);
    throw error;
  }
}

async function picture(page, name) {
  if (SCREENSHOTS === undefined) return;
  await mkdir(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}

async function check() {
  const page = await openPage();
  await step('what the left pane adds, the right pane shows', async () => {
    await add(page, 'left', `rope ${run}`);
    await untilTodo(page, 'right', `rope ${run}`);
  });
  await step('what the right pane types into the title, the left pane shows', async () => {
    await title(page, 'right').fill(`Board ${run}`);
    await untilTitle(page, 'left', `Board ${run}`);
  });
  await step('ticking, rewriting, moving and deleting reach the other pane', async () => {
    await add(page, 'right', `oil ${run}`);
    await untilTodo(page, 'left', `oil ${run}`);
    await (await rowOf(page, 'left', `oil ${run}`)).locator('.check').check();
    const other = await rowOf(page, 'right', `oil ${run}`);
    await until(page, row => row.querySelector('.check').checked, await other.elementHandle());
    await other.locator('.text').fill(`lamp oil ${run}`);
    await untilTodo(page, 'left', `lamp oil ${run}`);
    await (await rowOf(page, 'left', `lamp oil ${run}`)).locator('.grip').press('ArrowUp');
    const above = ([a, b]) => {
      const texts = [...document.querySelectorAll('[data-pane=right] .todo .text')].map(field => field.value);
      return texts.indexOf(a) >= 0 && texts.indexOf(a) < texts.indexOf(b);
    };
    await until(page, above, [`lamp oil ${run}`, `rope ${run}`]);
    await (await rowOf(page, 'right', `lamp oil ${run}`)).locator('.remove').click();
    await untilTodo(page, 'left', `lamp oil ${run}`, false);
  });
  await step('version and latency are shown in both panes, and the panes agree', async () => {
    await add(page, 'right', `chart ${run}`);
    await untilTodo(page, 'left', `chart ${run}`);
    await untilEqual(page);
    for (const side of ['left', 'right']) {
      const shown = s =>
        ['receipt', 'crossing'].every(value =>
          /^[\d.]+ (ms|s)$/.test(document.querySelector(`[data-pane=${s}] [data-value=${value}]`).textContent),
        );
      await until(page, shown, side);
      assert.ok((await number(page, side, 'version')) >= 5);
    }
    assert.equal(await number(page, 'left', 'version'), await number(page, 'right', 'version'));
    assert.deepEqual(await todos(page, 'left'), await todos(page, 'right'));
    await picture(page, 'wide');
  });
  await step('a pane whose line was cut catches up, and brings along what it did meanwhile', async () => {
    const cut = pane(page, 'right').locator('.cut');
    await cut.click();
    await pane(page, 'right').locator('.state[data-state=stale]').waitFor();
    await add(page, 'right', `cut ${run}`);
    await add(page, 'left', `dry ${run}`);
    await untilTodo(page, 'left', `dry ${run}`);
    assert.ok(!(await todos(page, 'left')).some(([text]) => text === `cut ${run}`));
    await cut.click();
    await untilTodo(page, 'left', `cut ${run}`);
    await untilTodo(page, 'right', `dry ${run}`);
    await untilEqual(page);
  });
  await step('a reload keeps the document', async () => {
    const before = await todos(page, 'left');
    await page.reload();
    await bothLive(page);
    await untilTitle(page, 'left', `Board ${run}`);
    assert.deepEqual(await todos(page, 'left'), before);
  });
  await separatePages(page);
  await narrow();
  assert.deepEqual(complaints, [], 'the browser complained');
}

async function separatePages(first) {
  const second = await openPage({ colorScheme: 'dark' });
  await step('two separate pages edit at once and end with the same document', async () => {
    const names = [1, 2, 3, 4, 5].flatMap(n => [`a${n} ${run}`, `b${n} ${run}`]);
    const type = async (page, side, start) => {
      for (const name of names.filter(one => one.startsWith(start))) await add(page, side, name);
    };
    await Promise.all([type(first, 'left', 'a'), type(second, 'right', 'b')]);
    for (const page of [first, second]) {
      for (const side of ['left', 'right']) for (const name of names) await untilTodo(page, side, name);
      await untilEqual(page);
    }
    const all = [];
    for (const page of [first, second]) for (const side of ['left', 'right']) all.push(await todos(page, side));
    for (const one of all) assert.deepEqual(one, all[0]);
    assert.equal(await number(first, 'left', 'version'), await number(second, 'left', 'version'));
    await picture(second, 'wide-dark');
  });
  await step('HTTP gives the document and the version that the pages show', async () => {
    const response = await fetch(`${url}/v1/state/board/welcome`);
    assert.equal(response.status, 200);
    const epoch = await pane(first, 'left').locator('[data-value=epoch]').textContent();
    assert.equal(response.headers.get('etag'), `"${epoch}.${await number(first, 'left', 'version')}"`);
    const document = await response.json();
    const shown = await todos(first, 'left');
    assert.deepEqual(
      document.todos.map(todo => [todo.text, todo.done === true]),
      shown,
    );
  });
  await step('everything the run added can be deleted again', async () => {
    for (const [text] of await todos(first, 'left')) {
      if (!text.endsWith(run)) continue;
      await (await rowOf(first, 'left', text)).locator('.remove').click();
      await untilTodo(second, 'right', text, false);
    }
  });
  await second.context().close();
}

async function narrow() {
  await step('a telephone shows it without sideways scrolling', async () => {
    const page = await openPage({ viewport: { width: 390, height: 844 } });
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(widths[0] <= widths[1], `${widths[0]} px wide (expected: ≤ ${widths[1]})`);
    await picture(page, 'narrow');
    await page.context().close();
  });
}

try {
  await check();
} catch (error) {
  console.error(error);
  for (const complaint of complaints) console.error(`browser: ${complaint}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
