import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** In every text of this run, so that runs do not see each other's. */
export const run = Date.now().toString(36);

export const pane = (page, side) => page.locator(`[data-pane=${side}]`);

export async function step(name, body) {
  try {
    await body();
    console.log(`ok   ${name}`);
  } catch (error) {
    console.log(`FAIL ${name}`);
    throw error;
  }
}

/** Opens the page in browsers of its own, and collects what those complain of. */
export function createPages(browser, url, pictures) {
  const complaints = [];

  /** A browser that shares nothing with the others, with these panes live. */
  async function open(options = {}, sides = ['left', 'right']) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('pageerror', error => complaints.push(String(error)));
    page.on('console', message => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(url);
    const live = async () => {
      for (const side of sides) await page.locator(`[data-pane=${side}][data-status=live] .sheet`).waitFor();
    };
    await live();
    return actions(page, live);
  }

  function actions(page, live) {
    const until = (test, argument) => page.waitForFunction(test, argument);
    const todos = side =>
      pane(page, side)
        .locator('.row')
        .evaluateAll(rows =>
          rows.map(row => [
            row.closest('[data-list]').dataset.list,
            row.querySelector('textarea').value,
            row.querySelector('.tick').checked,
          ]),
        );
    const row = async (side, text) => {
      const id = await pane(page, side)
        .locator('.row')
        .evaluateAll(
          (rows, wanted) => rows.find(one => one.querySelector('textarea').value === wanted)?.dataset.id,
          text,
        );
      assert.ok(id, `${text}: not in the ${side} pane`);
      return pane(page, side).locator(`.row[data-id="${id}"]`);
    };
    return {
      page,
      until,
      todos,
      row,
      title: side => pane(page, side).locator('.title textarea'),
      texts: async side => (await todos(side)).map(([, text]) => text),
      version: async side => Number(await pane(page, side).getAttribute('data-version')),
      async add(side, text) {
        const field = pane(page, side).locator('[data-list=now] .new input');
        await field.fill(text);
        await field.press('Enter');
      },
      async remove(side, text) {
        await (await row(side, text)).locator('.remove').click();
      },
      /** With a finger on its grip, to the heading of a list. */
      async dragByTouch(side, text, list) {
        const grip = (await row(side, text)).locator('.grip');
        await grip.scrollIntoViewIfNeeded();
        const from = await grip.boundingBox();
        const to = await pane(page, side).locator(`[data-list=${list}] h3`).boundingBox();
        const finger = await page.context().newCDPSession(page);
        const touch = (type, ...touchPoints) => finger.send('Input.dispatchTouchEvent', { type, touchPoints });
        const [x, y] = [from.x + from.width / 2, from.y + from.height / 2];
        await touch('touchStart', { x, y });
        for (let i = 1; i <= 10; i += 1) await touch('touchMove', { x, y: y + ((to.y + to.height + 8 - y) * i) / 10 });
        await touch('touchEnd');
      },
      async reload() {
        await page.reload();
        await live();
      },
      untilTitle: (side, text) =>
        until(([s, t]) => document.querySelector(`[data-pane=${s}] .title textarea`).value === t, [side, text]),
      untilTodo: (side, text, there = true) =>
        until(
          ([s, t, wanted]) =>
            [...document.querySelectorAll(`[data-pane=${s}] .row textarea`)].some(field => field.value === t) ===
            wanted,
          [side, text, there],
        ),
      untilAbove: (side, above, below) =>
        until(
          ([s, a, b]) => {
            const texts = [...document.querySelectorAll(`[data-pane=${s}] .row textarea`)].map(field => field.value);
            return texts.indexOf(a) >= 0 && texts.indexOf(a) < texts.indexOf(b);
          },
          [side, above, below],
        ),
      untilIn: (side, text, list) =>
        until(
          ([s, t, l]) =>
            [...document.querySelectorAll(`[data-pane=${s}] [data-list=${l}] textarea`)].some(
              field => field.value === t,
            ),
          [side, text, list],
        ),
      /** Both panes hold the same version (that one, if given), with nothing pending, and show the same. */
      async untilEqual(version) {
        await until(wanted => {
          const panes = [...document.querySelectorAll('[data-pane]')];
          const versions = panes.map(one => one.dataset.version);
          const settled = document.querySelector('[data-ink]:not([data-ink=ink])') === null;
          return settled && versions[0] === versions[1] && (wanted === undefined || String(wanted) === versions[0]);
        }, version);
        assert.deepEqual(await todos('right'), await todos('left'));
      },
      /** What was confirmed last has faded. */
      untilEmptyMarks: side =>
        until(
          s =>
            [...document.querySelectorAll(`[data-pane=${s}] .mark`)].every(
              mark => getComputedStyle(mark).opacity === '0',
            ),
          side,
        ),
      async picture(name) {
        if (pictures === undefined) return;
        await mkdir(pictures, { recursive: true });
        await page.screenshot({ path: join(pictures, `${name}.png`) });
      },
    };
  }

  return { open, complaints };
}
