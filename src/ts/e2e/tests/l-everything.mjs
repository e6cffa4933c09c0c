import { pause } from '../harness/wait.mjs';
import { SAFE } from '../harness/world.mjs';

/** Longer runs find more: E2E_SECONDS=600 node e2e/run.mjs --only everything */
const SECONDS = Number(process.env.E2E_SECONDS ?? 12);
const TABS = 3;

export const tests = {
  async 'everything at once: two people with three tabs each, a line that breaks, a node that dies'({
    person,
    finish,
    random,
    line,
    node,
  }) {
    const people = [await person('ada'), await person('bob')];
    const open = async who => {
      const tab = await who.open();
      await tab.shown();
      await tab.type(SAFE, 80);
    };
    for (const who of people) for (let n = 0; n < TABS; n++) await open(who);
    const done = {};
    const end = Date.now() + SECONDS * 1000;

    while (Date.now() < end) {
      await pause(random.between(100, 800));
      const who = random.pick(people);
      const tab = random.pick([...who.tabs]);
      const [name, act] = random.pick(mishaps({ tab, line, node, random }));
      await act();
      done[name] = (done[name] ?? 0) + 1;
      while (who.tabs.size < TABS) await open(who);
    }
    line.mend();

    return `${JSON.stringify(done)}, ${await finish()}`;
  },
};

function mishaps({ tab, line, node, random }) {
  return Object.entries({
    close: () => tab.close(),
    ...(tab.can('crash') ? { crash: () => tab.crash() } : {}),
    async reload() {
      await tab.reload();
      await tab.shown();
      await tab.type(SAFE, 80);
    },
    cut: () => line.cut(),
    async shut() {
      line.shut();
      await pause(random.between(200, 1_500));
      line.mend();
    },
    async kill() {
      await node.kill();
      await node.start();
    },
    async pause() {
      await tab.run(() => window.lab.hf.pause());
      await pause(random.between(200, 1_000));
      await tab.run(() => window.lab.hf.resume());
    },
    reconnect: () => tab.run(() => window.lab.hf.reconnect()),
  });
}
