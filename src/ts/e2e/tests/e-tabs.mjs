import { pause, until } from '../harness/wait.mjs';
import { SAFE } from '../harness/world.mjs';

const MOST = 5;
const SECONDS = 15;

/** The tabs stop for a moment, so that nothing is under way when one is frozen. */
async function freezeQuietly(tab, awake) {
  for (const one of awake) await one.stop();
  for (const one of awake) await one.until(() => window.lab.isQuiet());
  await tab.freeze();
  for (const one of awake) if (one !== tab) await one.type(SAFE, 40);
}

async function typing(tab) {
  await tab.shown();
  await tab.type(SAFE, 40);
  return tab;
}

export const tests = {
  async 'five tabs, closed, killed and frozen at random, each writing'({ person, finish, random }) {
    const adas = await person('ada');
    for (let n = 0; n < MOST; n++) await typing(await adas.open());
    const frozen = new Set();
    const done = { closed: 0, killed: 0, frozen: 0 };
    const end = Date.now() + SECONDS * 1000;

    while (Date.now() < end) {
      await pause(random.between(200, 1_200));
      const awake = [...adas.tabs].filter(tab => !frozen.has(tab));
      const tab = random.pick(awake);
      const choice = random.next();
      if (choice < 0.25 && awake.length > 1) {
        await tab.close();
        done.closed += 1;
      } else if (choice < 0.45 && awake.length > 1 && tab.can('crash')) {
        await tab.crash();
        done.killed += 1;
      } else if (choice < 0.7 && awake.length > 1 && tab.can('freeze')) {
        await freezeQuietly(tab, awake);
        frozen.add(tab);
        done.frozen += 1;
      } else if (frozen.size > 0) {
        const thawing = random.pick([...frozen]);
        await thawing.thaw();
        await thawing.type(SAFE, 40);
        frozen.delete(thawing);
      }
      if (adas.tabs.size < MOST) await typing(await adas.open());
    }
    for (const tab of frozen) await tab.thaw();

    return `${JSON.stringify(done)}, ${await finish()}`;
  },

  async 'all tabs share one connection, and the next one takes over when its holder is gone'({ person, finish }) {
    const adas = await person('ada');
    const tabs = [];
    for (let n = 0; n < 3; n++) tabs.push(await typing(await adas.open()));

    for (const gone of ['close', tabs[0].can('crash') ? 'crash' : 'close']) {
      const leader = await until('one leader', () => onlyLeader(adas.tabs));
      await leader[gone]();
    }

    await until('one leader', () => onlyLeader(adas.tabs));
    return finish();
  },

  async 'a frozen holder of the connection blocks nobody, and does no harm when it thaws'({ person, more, finish }) {
    const adas = await person('ada');
    for (let n = 0; n < 3; n++) await typing(await adas.open());
    const leader = await until('one leader', () => onlyLeader(adas.tabs));

    await freezeQuietly(leader, [...adas.tabs]);
    const others = [...adas.tabs].filter(tab => tab !== leader);
    const mark = await others[0].write('push');
    await others[1].until(m => window.lab.doc.get().confirmed.marks[m] !== undefined, mark, 10_000);
    await leader.thaw();
    await more('accepted', 30);

    await until('one leader', () => onlyLeader(adas.tabs));
    return finish();
  },
};

async function onlyLeader(tabs) {
  const looks = await Promise.all([...tabs].map(async tab => [tab, (await tab.look()).connection.leader]));
  const leaders = looks.filter(([, leader]) => leader).map(([tab]) => tab);
  return leaders.length === 1 && leaders[0];
}
