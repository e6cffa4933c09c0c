import { pause } from '../harness/wait.mjs';
import { SAFE } from '../harness/world.mjs';

export const tests = {
  async 'kill -9 of the node while two browsers type'({ person, finish, node, ledger }) {
    const ada = await (await person('ada')).open();
    const bob = await (await person('bob')).open();
    for (const tab of [ada, bob]) await tab.shown();
    await Promise.all([ada, bob].map(tab => tab.type(SAFE, 25)));
    await pause(1_500);

    await node.kill();
    const before = ledger.count('accepted');
    await pause(500);
    await node.start();
    await ada.until(() => window.lab.hf.status === 'online');
    await pause(1_000);

    if (before === 0) throw new Error('nothing was accepted before the kill (expected: some)');
    return finish();
  },
};
