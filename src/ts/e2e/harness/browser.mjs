import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** What browsers log when a line is cut, which is what these tests do. */
const EXPECTED = /WebSocket connection to|WebSocket is already in CLOSING|net::ERR_|Failed to load resource/;

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
}

/** A browser of its own, with storage of its own; all its pages share that, as tabs do. */
export async function createPerson(
  browser,
  { site, line, ledger, random, entity, subject, freshToken, account, before = [] },
) {
  const context = await browser.newContext();
  const tabs = new Set();
  const complaints = [];
  let opened = 0;

  await context.exposeBinding('report', (_, event) => ledger.note(event));
  await context.exposeBinding('freshToken', (_, name) => freshToken(subject, name));
  for (const script of before) await context.addInitScript(script);

  async function open() {
    opened += 1;
    const name = `${subject}${opened}`;
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', error => complaints.push(`${name}: ${error.stack ?? error}`));
    page.on('console', message => {
      if (message.type() === 'error' && !EXPECTED.test(message.text())) complaints.push(`${name}: ${message.text()}`);
    });
    await page.addInitScript(
      settings => {
        window.labSettings = settings;
      },
      { name, url: line.url, entity, account, seed: random.below(2 ** 31) },
    );
    await page.addInitScript(countTransactions);
    await page.goto(site.origin);
    const tab = await asTab(page, name);
    tabs.add(tab);
    return tab;
  }

  async function asTab(page, name) {
    let life = await readyLife(page).catch(error => {
      throw new Error([error.message, ...complaints].join('\n  '));
    });
    let debug;
    const inLab = (run, argument) => page.evaluate(run, argument);
    const tab = {
      name,
      page,
      life: () => life,
      write: sort => inLab(s => window.lab.write(s), sort),
      type: (sorts, everyMs, count) =>
        inLab(
          args => window.lab.type(...args),
          [sorts, everyMs, count].filter(one => one !== undefined),
        ),
      stop: () => inLab(() => window.lab.stop()),
      look: () => inLab(() => window.lab.look()),
      run: inLab,
      /** Waits until the expression holds in the page. */
      until: (test, argument, ms = 20_000) => page.waitForFunction(test, argument, { timeout: ms, polling: 20 }),
      shown: () => page.waitForFunction(() => window.lab.doc.get().value !== null, undefined, { polling: 20 }),
      async reload() {
        ledger.over(life);
        await page.reload();
        life = await readyLife(page);
      },
      async close() {
        ledger.over(life);
        tabs.delete(tab);
        await page.close();
      },
      /** Kills the process that renders it. */
      async crash() {
        ledger.over(life);
        tabs.delete(tab);
        const session = await context.newCDPSession(page);
        const crashed = new Promise(done => page.once('crash', done));
        await Promise.race([session.send('Page.crash').catch(() => {}), crashed]);
        await crashed;
        await page.close().catch(() => {});
      },
      /**
       * Nothing runs in it until it is thawed. By the debugger, because Chromium freezes no page that is in view, and headless all
       * are. Nor does it freeze a page in the middle of a transaction, so we wait until there is none.
       */
      async freeze() {
        debug = await context.newCDPSession(page);
        await debug.send('Debugger.enable');
        const halted = new Promise(done => debug.once('Debugger.paused', done));
        debug.send('Runtime.evaluate', { expression: `(${haltBetweenTransactions})()` }).catch(() => {});
        await halted;
      },
      async thaw() {
        await debug.send('Debugger.resume');
        await debug.detach();
      },
    };
    return tab;
  }

  return { context, tabs, complaints, open, close: () => context.close() };
}

/** In the page: makes known how many of its transactions are not over. */
function countTransactions() {
  let open = 0;
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...args) {
    const transaction = begin.apply(this, args);
    open += 1;
    for (const end of ['complete', 'abort']) {
      transaction.addEventListener(end, () => {
        open -= 1;
      });
    }
    return transaction;
  };
  window.openTransactions = () => open;
}

/** In the page. */
function haltBetweenTransactions() {
  const halt = () => {
    if (window.openTransactions() > 0) setTimeout(halt, 1);
    // biome-ignore lint/suspicious/noDebugger: this is what halts it.
    else debugger;
  };
  halt();
}

async function readyLife(page) {
  await page.waitForFunction(() => window.lab !== undefined, undefined, { polling: 20 });
  return page.evaluate(() => window.lab.life);
}
