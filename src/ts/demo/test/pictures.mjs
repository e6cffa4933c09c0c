// Makes the README's pictures from the page of a running server: node pictures.mjs http://127.0.0.1:8080 ../../../site/resources
// It writes on that server's board/welcome. Environment: CHROMIUM (the browser's path).
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { createPages, pane } from './pages.mjs';

const [url, folder = '.'] = process.argv.slice(2);
const { CHROMIUM = '/usr/bin/chromium' } = process.env;
const PHONE = { viewport: { width: 390, height: 720 }, deviceScaleFactor: 1.5, hasTouch: true, isMobile: true };
const SIZE = { viewport: { width: 1280, height: 956 }, deviceScaleFactor: 1.5 };
const TODOS = [
  ['now', 'Freeze the API', true],
  ['now', 'Write the upgrade notes', true],
  ['now', 'Run the load test on three nodes', false],
  ['next', 'Ask support which tickets this closes', false],
  ['next', 'Record the two-minute tour', false],
  ['later', 'Drop the old import format', false],
];

const todos = TODOS.map(([list, text, done], i) => ({ id: `r${i}`, text, done, list, rank: 'UVWXYZ'[i] }));
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });

/** The board as two people see it while one of them is offline, and a third is at it elsewhere. */
async function take(colorScheme) {
  const body = JSON.stringify({ title: 'Release 2.4', todos });
  const put = { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body };
  assert.equal((await fetch(`${url}/v1/state/board/welcome`, put)).status, 200);
  const cleo = await createPages(browser, `${url}/?as=Cleo`).open(SIZE, ['left']);
  const page = await createPages(browser, url).open({ ...SIZE, colorScheme });
  await warmUp(page);
  await pane(page.page, 'left').getByRole('switch').click();
  await pane(page.page, 'left').locator('[data-list=next] .new input').fill('Thank the translators');
  await page.page.keyboard.press('Enter');
  await (await page.row('left', 'Ask support which tickets this closes')).locator('.tick').check();
  await type(cleo, 'left', 'Record the two-minute tour', ' again');
  await type(page, 'right', 'Run the load test on three nodes', ', then on five');
  await page.untilEmptyMarks('right');
  await page.page.mouse.move(640, 40);
  await page.page.screenshot({ path: join(folder, `demo-${colorScheme}.png`) });
  const phone = await createPages(browser, `${url}/?as=Dov`).open({ ...PHONE, colorScheme }, ['left']);
  await type(phone, 'left', 'Drop the old import format', ' at last');
  await phone.untilEmptyMarks('left');
  await phone.page.evaluate(() => document.querySelector('#board').scrollIntoView());
  await phone.page.screenshot({ path: join(folder, `phone-${colorScheme}.png`) });
  for (const { page: one } of [cleo, page, phone]) await one.context().close();
}

/** The first changes of a page are slow; what follows is what people see. */
async function warmUp(page) {
  for (let i = 0; i < 20; i += 1) {
    const tick = (await page.row('right', 'Drop the old import format')).locator('.tick');
    await tick.setChecked(i % 2 === 0);
    await pane(page.page, 'right').locator('.strip[data-reached=accepted]').waitFor();
  }
  await page.untilEqual();
}

async function type(page, side, text, more) {
  await (await page.row(side, text)).locator('textarea').click();
  await page.page.keyboard.press('End');
  await page.page.keyboard.type(more, { delay: 40 });
}

try {
  for (const scheme of ['light', 'dark']) await take(scheme);
} finally {
  await browser.close();
}
