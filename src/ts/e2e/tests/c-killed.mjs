import { until } from '../harness/wait.mjs';
import { SAFE } from '../harness/world.mjs';

export const tests = {
  async 'kill -9 of the node while two browsers type'({ person, more, finish, node }) {
    const ada = await (await person('ada')).open();
    const bob = await (await person('bob')).open();
    for (const tab of [ada, bob]) await tab.shown();
    await Promise.all([ada, bob].map(tab => tab.type(SAFE, 25)));
    await more('accepted', 50);

    await node.kill();
    await more('made', 30);
    await node.start();
    await ada.until(() => window.lab.hf.status === 'online');
    await more('accepted', 50);

    return finish();
  },

  async 'kill -9 of the node before the browser hears what it refused'({ person, finish, node, line, entity, ledger }) {
    const ada = await (await person('ada')).open();
    await ada.shown();
    await ada.type(SAFE, 5, 5);
    await ada.until(() => window.lab.isQuiet());
    const { version } = await node.state(entity);

    line.deafen();
    for (const sort of ['late', 'push', 'late', 'push']) await ada.write(sort);
    await until('both pushes in the journal', async () => (await node.state(entity)).version === version + 2);
    await node.kill();
    line.mend();
    await node.start();
    await ada.until(() => window.lab.hf.status === 'online');
    // Under numbers of the old ones these would be taken for them, and have no effect.
    for (let n = 0; n < 5; n++) await ada.write('push');

    const result = await finish();
    const refused = ledger.commands().flatMap(command => command.refused?.code ?? []);
    if (!refused.includes('expired-client'))
      throw new Error(`refused: ${refused} (expected: expired-client, for the node has forgotten the reason)`);
    return result;
  },
};
