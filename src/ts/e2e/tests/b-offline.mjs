import { pause } from '../harness/wait.mjs';
import { ANY, SAFE } from '../harness/world.mjs';

const BACKLOG = 1_000;

export const tests = {
  async 'more commands than the kind’s rate allows all take effect, in their order'({ world }) {
    const { person, finish, ledger } = await world({ kind: 'slow' });
    const ada = await (await person('ada')).open();
    await ada.shown();
    await ada.run(() => window.lab.hf.pause());
    await ada.type(SAFE, 2, 200);
    await ada.until(() => window.lab.hf.pending().length === 200);

    await ada.run(() => window.lab.hf.resume());
    await ada.until(() => window.lab.isQuiet());

    if (ledger.count('refused') > 0) throw new Error(`${ledger.count('refused')} refused (expected: none)`);
    return finish();
  },

  async 'a browser goes offline, both go on writing, it comes back'({ person, finish, line, ledger }) {
    const adas = await person('ada');
    const ada = await adas.open();
    const bob = await (await person('bob')).open();
    for (const tab of [ada, bob]) await tab.shown();

    await adas.setOffline(true);
    await ada.run(() => window.lab.hf.reconnect());
    await ada.until(() => window.lab.hf.status !== 'online');
    const before = ledger.count('accepted');
    await ada.type(SAFE, 20, 60);
    await bob.type(SAFE, 20, 60);
    await ada.until(() => window.lab.hf.pending().length === 60);
    await bob.until(() => window.lab.isQuiet());
    if (ledger.count('accepted') - before !== 60) throw new Error('the offline browser got receipts');
    line.cut();
    await adas.setOffline(false);

    return finish();
  },

  async 'a paused client collects commands, a resumed one sends them'({ person, more, finish }) {
    const ada = await (await person('ada')).open();
    const bob = await (await person('bob')).open();
    for (const tab of [ada, bob]) await tab.shown();
    await Promise.all([ada, bob].map(tab => tab.type(ANY, 20)));

    for (let round = 0; round < 3; round++) {
      await ada.run(() => window.lab.hf.pause());
      await ada.until(() => window.lab.hf.status === 'offline');
      await more('made', 30);
      await ada.run(() => window.lab.hf.resume());
      await ada.until(() => window.lab.hf.status === 'online');
    }

    return finish();
  },

  async 'a thousand commands collected offline are caught up with while another types'({ person, finish }) {
    const ada = await (await person('ada')).open();
    const bob = await (await person('bob')).open();
    for (const tab of [ada, bob]) await tab.shown();
    await ada.run(() => window.lab.hf.pause());
    await ada.type(SAFE, 0, BACKLOG);
    await ada.until(most => !window.lab.isTyping() && window.lab.hf.pending().length === most, BACKLOG, 30_000);

    await bob.type(SAFE, 10);
    await ada.run(() => window.lab.hf.resume());
    await ada.until(() => window.lab.hf.pending().length === 0, undefined, 60_000);

    return finish();
  },

  async 'a line that is cut again and again, in the middle of commands, costs nothing'({
    person,
    finish,
    line,
    random,
  }) {
    const ada = await (await person('ada')).open();
    await ada.shown();
    await ada.type(SAFE, 8);

    for (let round = 0; round < 12; round++) {
      await pause(random.between(100, 700));
      line.cut();
    }

    return finish();
  },
};
