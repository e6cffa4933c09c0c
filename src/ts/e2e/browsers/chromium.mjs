import { chromium } from 'playwright-core';

/** Of a browser that does what it is told and nothing else. */
export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** What browsers log when a line is cut, which is what these tests do. */
const EXPECTED = /WebSocket connection to|WebSocket is already in CLOSING|net::ERR_|Failed to load resource/;

/** Chromium, which can do more than its kin: go offline, freeze, die, have a full disk. */
export async function launch() {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
  return { createProfile: setting => createProfile(browser, setting), close: () => browser.close() };
}

async function createProfile(browser, { site, functions, scripts, complain }) {
  const context = await browser.newContext();
  for (const [name, run] of Object.entries(functions)) await context.exposeFunction(name, run);
  for (const script of [countTransactions, ...scripts]) await context.addInitScript(script);

  return {
    async open(settings) {
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      page.on('pageerror', error => complain(settings.name, error.stack ?? error));
      page.on('console', message => {
        if (message.type() === 'error' && !EXPECTED.test(message.text())) complain(settings.name, message.text());
      });
      await page.addInitScript(given => {
        window.labSettings = given;
      }, settings);
      await page.goto(site.origin);
      return pageIn(context, page);
    },
    setOffline: on => context.setOffline(on),
    async fillDisk() {
      const session = await context.newCDPSession(await context.newPage());
      await session.send('Storage.overrideQuotaForOrigin', { origin: site.origin, quotaSize: 1 });
    },
    close: () => context.close(),
  };
}

function pageIn(context, page) {
  let debug;
  return {
    run: (work, argument) => page.evaluate(work, argument),
    until: (test, argument, ms) => page.waitForFunction(test, argument, { timeout: ms, polling: 20 }),
    reload: () => page.reload(),
    close: () => page.close(),
    /** Kills the process that renders it. */
    async crash() {
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
