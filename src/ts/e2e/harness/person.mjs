import { until as settled } from './wait.mjs';

/** What not every browser can have done to it from outside. */
export class Unable extends Error {}

/** A browser of its own, with storage of its own; all its pages share that, as tabs do. */
export async function createPerson(
  browser,
  { site, line, ledger, random, entity, subject, freshToken, account, before = [] },
) {
  const tabs = new Set();
  const complaints = [];
  let opened = 0;
  const profile = await browser.createProfile({
    site,
    scripts: before,
    functions: { report: event => ledger.note(event), freshToken: name => freshToken(subject, name) },
    complain: (name, text) => complaints.push(`${name}: ${text}`),
  });

  async function open() {
    opened += 1;
    const name = `${subject}${opened}`;
    const settings = { name, url: line.url, entity, account, seed: random.below(2 ** 31) };
    const tab = await asTab(await profile.open(settings), name);
    tabs.add(tab);
    return tab;
  }

  async function asTab(page, name) {
    let life = await readyLife(page).catch(error => {
      throw new Error([error.message, ...complaints].join('\n  '));
    });
    const until = (test, argument, ms = 20_000) => page.until(test, argument, ms);
    const over = () => {
      ledger.over(life);
      tabs.delete(tab);
    };
    const tab = {
      name,
      life: () => life,
      run: page.run,
      write: sort => page.run(s => window.lab.write(s), sort),
      type: (sorts, everyMs, count) =>
        page.run(
          args => window.lab.type(...args),
          [sorts, everyMs, count].filter(one => one !== undefined),
        ),
      stop: () => page.run(() => window.lab.stop()),
      look: () => page.run(() => window.lab.look()),
      /** Waits until the expression holds in the page. */
      until,
      /** Waits until what the server has confirmed is on this device. */
      cached: () => settled('the document is on the device', () => page.run(() => window.lab.isCached())),
      shown: () => until(() => window.lab.doc.get().value !== null),
      async reload() {
        ledger.over(life);
        await page.reload();
        life = await readyLife(page);
      },
      async close() {
        over();
        await page.close();
      },
      async crash() {
        const crash = can(page, 'crash');
        over();
        await crash();
      },
      can: what => page[what] !== undefined,
      freeze: () => can(page, 'freeze')(),
      thaw: () => can(page, 'thaw')(),
    };
    return tab;
  }

  return {
    ...{ tabs, complaints, open, close: profile.close },
    setOffline: on => can(profile, 'setOffline')(on),
    fillDisk: () => can(profile, 'fillDisk')(),
  };
}

function can(thing, what) {
  if (thing[what] === undefined) throw new Unable(what);
  return thing[what];
}

async function readyLife(page) {
  await page.until(() => window.lab !== undefined, undefined, 20_000);
  return page.run(() => window.lab.life);
}
