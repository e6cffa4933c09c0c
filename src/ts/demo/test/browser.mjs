// Drives the page of a running server in Chromium, then the README's: node browser.mjs http://127.0.0.1:8080 [http://localhost:3000]
// The latter is where it serves the README's page; the server must let that origin in (HOLDFAST_ORIGINS).
// Environment: CHROMIUM (the browser's path), SCREENSHOTS (a folder to leave pictures in).
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { createPages, pane, run, step } from './pages.mjs';

const [url, origin = 'http://localhost:3000'] = process.argv.slice(2);
if (url === undefined) {
  console.error('url: none (expected: node browser.mjs http://127.0.0.1:8080)');
  process.exit(2);
}
const { CHROMIUM = '/usr/bin/chromium', SCREENSHOTS } = process.env;
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
const pages = createPages(browser, url, SCREENSHOTS);

async function check() {
  const page = await pages.open();
  await editing(page);
  await trouble(page);
  await refusals(page);
  await takingBack(page);
  await moving(page);
  await reloading(page);
  await separatePages(page);
  await small();
  await readme();
  assert.deepEqual(pages.complaints, [], 'the browser complained');
}

async function editing(page) {
  await step('everything that can be used has a name', async () => {
    const nameless = await page.page.evaluate(() =>
      [...document.querySelectorAll('a, button, input, textarea')]
        .filter(one => !one.ariaLabel && !one.textContent.trim())
        .map(one => one.outerHTML),
    );
    assert.deepEqual(nameless, []);
  });
  await step('what one pane adds, the other shows', async () => {
    await page.add('left', `rope ${run}`);
    await page.untilTodo('right', `rope ${run}`);
  });
  await step('what one pane types into the title, the other shows', async () => {
    await page.title('right').fill(`Board ${run}`);
    await page.untilTitle('left', `Board ${run}`);
  });
  await step('ticking, rewriting and deleting reach the other pane', async () => {
    await page.add('right', `oil ${run}`);
    await page.untilTodo('left', `oil ${run}`);
    await (await page.row('left', `oil ${run}`)).locator('.tick').check();
    const other = await page.row('right', `oil ${run}`);
    await page.until(row => row.querySelector('.tick').checked, await other.elementHandle());
    await other.locator('textarea').fill(`lamp oil ${run}`);
    await page.untilTodo('left', `lamp oil ${run}`);
    await page.remove('right', `lamp oil ${run}`);
    await page.untilTodo('left', `lamp oil ${run}`, false);
  });
  await step('each pane shows who is in the other, and where', async () => {
    const field = (await page.row('left', `rope ${run}`)).locator('textarea');
    await field.click();
    await page.row('right', `rope ${run}`).then(row => row.locator('.caret').waitFor());
    await pane(page.page, 'right').locator('.others').getByText('Ada').waitFor({ state: 'attached' });
    await pane(page.page, 'left').locator('.others').getByText('Bo').waitFor({ state: 'attached' });
    await field.blur();
    await page.row('right', `rope ${run}`).then(row => row.locator('.caret').waitFor({ state: 'detached' }));
  });
  await step('a change is shown on its way to the disk, with the time it took and the version it made', async () => {
    const strip = pane(page.page, 'left').locator('.strip');
    const before = await strip.boundingBox();
    await (await page.row('left', `rope ${run}`)).locator('.tick').check();
    await pane(page.page, 'left').locator('.strip[data-reached=accepted]').waitFor();
    const [shown, durable, accepted] = await strip.locator('.way b').allTextContents();
    for (const time of [shown, durable]) assert.match(time, /^[\d.]+ (ms|s)$/);
    assert.match(accepted, /^[\d.]+ (ms|s) · v\d+$/);
    assert.match(await strip.locator('.typical').textContent(), /[\d.]+ (ms|s)/);
    assert.deepEqual(await strip.boundingBox(), before, 'nothing moved');
    await page.untilEqual();
    await page.picture('wide');
  });
}

async function trouble(page) {
  await step('a pane that is offline goes on working, and catches up when it is back', async () => {
    const online = pane(page.page, 'right').getByRole('switch');
    await online.click();
    assert.equal(await online.getAttribute('aria-checked'), 'false');
    await page.add('right', `cut ${run}`);
    await page.add('left', `dry ${run}`);
    const waiting = await page.row('right', `cut ${run}`);
    await page.until(row => ['shown', 'durable'].includes(row.dataset.ink), await waiting.elementHandle());
    assert.ok(!(await page.texts('left')).includes(`cut ${run}`));
    assert.ok(!(await page.texts('right')).includes(`dry ${run}`));
    await page.picture('offline');
    await online.click();
    await page.untilTodo('left', `cut ${run}`);
    await page.untilTodo('right', `dry ${run}`);
    await page.until(row => row.dataset.ink === 'ink', await waiting.elementHandle());
    await page.untilEqual();
  });
  await step(
    'a connection that is killed while somebody types comes back, and nothing is lost or there twice',
    async () => {
      const field = (await page.row('left', `dry ${run}`)).locator('textarea');
      await field.click();
      await page.page.keyboard.press('End');
      for (const letter of 'abcdef') {
        await page.page.keyboard.type(letter);
        if (letter === 'c') await pane(page.page, 'left').locator('.cut').dispatchEvent('click');
      }
      await page.untilTodo('right', `dry ${run}abcdef`);
      await page.untilEqual();
      assert.equal((await page.texts('right')).filter(text => text.startsWith(`dry ${run}`)).length, 1);
    },
  );
}

async function refusals(page) {
  await step('what is refused gives its author the text back, with the reason', async () => {
    const online = pane(page.page, 'right').getByRole('switch');
    await page.add('left', `sail ${run}`);
    await page.untilTodo('right', `sail ${run}`);
    await online.click();
    await (await page.row('right', `sail ${run}`)).locator('textarea').fill(`sail ${run} mended`);
    await page.remove('left', `sail ${run}`);
    await online.click();
    const slip = pane(page.page, 'right').locator('.slip');
    await slip.getByText('Somebody deleted this to-do').waitFor();
    assert.equal(await slip.locator('q').textContent(), `sail ${run} mended`);
    await page.picture('refused');
    await slip.getByRole('button', { name: 'Put it back' }).click();
    await slip.waitFor({ state: 'detached' });
    await page.untilTodo('left', `sail ${run} mended`);
    await page.untilEqual();
  });
  await step('what the schema does not allow disappears again, with the reason', async () => {
    await page.page.getByRole('button', { name: 'Break a rule' }).click();
    const slip = pane(page.page, 'left').locator('.slip');
    await slip.getByText('The rules of this board do not allow that').waitFor();
    await page.untilTodo('left', 'Paint the hull red', false);
    await slip.getByRole('button', { name: 'Let it go' }).click();
    await page.untilEqual();
  });
}

async function takingBack(page) {
  await step(
    'undo takes back a run of typing, not what the other one did meanwhile, and redo does it again',
    async () => {
      const tool = name => pane(page.page, 'left').getByRole('button', { name });
      const field = (await page.row('left', `cut ${run}`)).locator('textarea');
      await field.click();
      await page.page.keyboard.press('End');
      await page.page.keyboard.type(' deep');
      await page.untilTodo('right', `cut ${run} deep`);
      await (await page.row('right', `cut ${run} deep`)).locator('.tick').check();
      const ticked = await (await page.row('left', `cut ${run} deep`)).elementHandle();
      await page.until(row => row.dataset.done === 'true', ticked);
      await tool('Undo').click();
      await page.untilTodo('right', `cut ${run}`);
      await page.until(row => row.dataset.done === 'true', ticked);
      await tool('Redo').click();
      await page.untilTodo('right', `cut ${run} deep`);
      await page.untilEqual();
    },
  );
}

async function moving(page) {
  const [first, second] = [`one ${run}`, `two ${run}`];
  await step('arrow keys move a to-do, over the end of its list too, and keep the focus', async () => {
    await page.add('left', first);
    await page.add('left', second);
    await page.untilTodo('right', second);
    await (await page.row('left', second)).locator('.grip').focus();
    await page.page.keyboard.press('ArrowUp');
    await page.untilAbove('right', second, first);
    await page.page.keyboard.press('ArrowDown');
    await page.untilAbove('right', first, second);
    await page.page.keyboard.press('ArrowDown');
    await page.untilIn('right', second, 'next');
    await page.until(text => document.activeElement.getAttribute('aria-label').startsWith(`Move “${text}”`), second);
    await page.untilEqual();
  });
  await step('a pointer drags a to-do into another list', async () => {
    const grip = await (await page.row('left', first)).locator('.grip').boundingBox();
    const heading = pane(page.page, 'left').locator('[data-list=later] h3');
    await heading.scrollIntoViewIfNeeded();
    const target = await heading.boundingBox();
    const from = await (await page.row('left', first)).locator('.grip').boundingBox();
    const mouse = page.page.mouse;
    await mouse.move(from.x + grip.width / 2, from.y + grip.height / 2);
    await mouse.down();
    await mouse.move(from.x + 20, from.y + 60, { steps: 5 });
    await mouse.move(target.x + 20, target.y + target.height + 4, { steps: 12 });
    await page.picture('dragging');
    await mouse.up();
    await page.untilIn('right', first, 'later');
    await page.untilEqual();
  });
}

async function reloading(page) {
  await step('a reload keeps the board, who I am, and what was never sent', async () => {
    await pane(page.page, 'left').getByLabel('Your name').fill('Grace');
    await pane(page.page, 'right').locator('.others').getByText('Grace').waitFor({ state: 'attached' });
    const before = await page.texts('left');
    await pane(page.page, 'left').getByRole('switch').click();
    await page.add('left', `unsent ${run}`);
    const unsent = await page.row('left', `unsent ${run}`);
    await page.until(row => row.dataset.ink === 'durable', await unsent.elementHandle());
    await page.reload();
    await page.untilTodo('right', `unsent ${run}`);
    assert.equal(await pane(page.page, 'left').getByLabel('Your name').inputValue(), 'Grace');
    assert.equal(await page.title('left').inputValue(), `Board ${run}`);
    assert.deepEqual(
      (await page.texts('left')).filter(text => text !== `unsent ${run}`),
      before,
    );
  });
}

async function separatePages(first) {
  const second = await pages.open({ colorScheme: 'dark' });
  await step('two separate pages edit at once and end with the same board', async () => {
    const names = [1, 2, 3, 4, 5].flatMap(n => [`a${n} ${run}`, `b${n} ${run}`]);
    const type = async (page, side, start) => {
      for (const name of names.filter(one => one.startsWith(start))) await page.add(side, name);
    };
    await Promise.all([type(first, 'left', 'a'), type(second, 'right', 'b')]);
    for (const page of [first, second]) {
      for (const side of ['left', 'right']) for (const name of names) await page.untilTodo(side, name);
    }
    const version = await first.version('left');
    for (const page of [first, second]) await page.untilEqual(version);
    assert.deepEqual(await second.todos('left'), await first.todos('left'));
    await second.picture('wide-dark');
  });
  await step('each page shows the other one present', async () => {
    await pane(second.page, 'left').locator('.others').getByText('Grace').waitFor({ state: 'attached' });
  });
  await step('HTTP gives the board and the version that the pages show', async () => {
    const response = await fetch(`${url}/v1/state/board/welcome`);
    assert.equal(response.status, 200);
    assert.match(response.headers.get('etag'), new RegExp(`\\.${await first.version('left')}"$`));
    const { todos } = await response.json();
    const shown = await first.todos('left');
    assert.deepEqual(
      todos.map(todo => `${todo.text} ${todo.done}`).sort(),
      shown.map(([, text, done]) => `${text} ${done}`).sort(),
    );
  });
  await step('everything the run added can be deleted again', async () => {
    for (const text of await first.texts('left')) {
      if (!text.includes(run)) continue;
      await first.remove('left', text);
      await second.untilTodo('right', text, false);
    }
  });
  await second.page.context().close();
}

async function small() {
  await step('a telephone shows it without sideways scrolling, and both panes if wanted', async () => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    const page = await pages.open(phone, ['left']);
    const fits = async () => {
      const [wide, screen] = await page.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(wide <= screen, `${wide} px wide (expected: ≤ ${screen})`);
    };
    await fits();
    await page.picture('narrow');
    await page.page.getByRole('button', { name: 'Somebody beside me' }).tap();
    await pane(page.page, 'right').locator('.sheet').waitFor();
    await page.add('right', `phone ${run}`);
    await page.untilTodo('left', `phone ${run}`);
    await fits();
    await page.dragByTouch('left', `phone ${run}`, 'next');
    await page.untilIn('right', `phone ${run}`, 'next');
    await (await page.row('right', `phone ${run}`)).locator('textarea').tap();
    const visitor = (await page.row('left', `phone ${run}`)).locator('.visitors .avatar');
    await visitor.waitFor();
    await visitor.tap({ force: true });
    assert.ok((await page.texts('left')).includes(`phone ${run}`), 'whoever taps somebody else deletes nothing');
    await page.remove('left', `phone ${run}`);
    await page.untilTodo('right', `phone ${run}`, false);
    await page.page.context().close();
  });
}

/** As somebody has it who copied it: only the address of the server is another. */
async function readme() {
  const text = await readFile(resolve(import.meta.dirname, '../../../../README.md'), 'utf8');
  const [, html] = text.match(/^```html\n(.*?)^```$/ms);
  assert.ok(text.includes('HOLDFAST_ORIGINS=http://localhost:3000 '), 'the README says how to let it in');
  const tour = `${url}/v1/state/board/tour`;
  await step("the README's own page, from another origin, shows to-dos and adds one", async () => {
    const todos = [{ id: '42', text: 'Buy rope', done: true }];
    const put = await fetch(tour, { method: 'PUT', body: JSON.stringify({ title: 'Tour', todos }) });
    assert.equal(put.status, 200);
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end(html.replaceAll('http://localhost:8080', url));
    }).listen(Number(new URL(origin).port), 'localhost');
    try {
      await addsOne(tour);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
}

async function addsOne(tour) {
  const page = await browser.newPage();
  page.on('pageerror', error => pages.complaints.push(String(error)));
  await page.goto(origin);
  const bought = page.locator('li', { hasText: 'Buy rope' });
  await bought.waitFor({ timeout: 10_000 }).catch(() => {
    throw new Error(`${origin}: shows nothing (expected: to-dos; does the server have HOLDFAST_ORIGINS=${origin}?)`);
  });
  await page.locator('#text').fill('Coil it');
  await page.locator('#text').press('Enter');
  await page.locator('li', { hasText: 'Coil it' }).waitFor();
  const stored = async () => (await (await fetch(tour)).json()).todos.map(todo => todo.text);
  for (let left = 50; left > 0 && (await stored()).length === 1; left -= 1) await page.waitForTimeout(100);
  assert.deepEqual(await stored(), ['Buy rope', 'Coil it']);
  await page.close();
}

try {
  await check();
} catch (error) {
  console.error(error);
  for (const complaint of pages.complaints) console.error(`browser: ${complaint}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
