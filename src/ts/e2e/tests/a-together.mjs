import { ANY } from '../harness/world.mjs';

export const tests = {
  async 'two browsers edit one document at once'({ person, more, finish }) {
    const ada = await (await person('ada')).open();
    const bob = await (await person('bob')).open();
    for (const tab of [ada, bob]) await tab.shown();

    await Promise.all([ada, bob].map(tab => tab.type(ANY, 20)));
    await more('accepted', 300);

    return finish();
  },

  async 'what one browser writes, the other shows'({ person, finish, ledger }) {
    const ada = await (await person('ada')).open();
    const bob = await (await person('bob')).open();
    for (const tab of [ada, bob]) await tab.shown();

    const mark = await ada.write('push');
    await bob.until(m => window.lab.doc.get().value.marks[m] === 'push', mark);
    await ada.until(() => window.lab.isQuiet());

    if (ledger.count('accepted') !== 1) throw new Error('no receipt');
    return finish();
  },
};
