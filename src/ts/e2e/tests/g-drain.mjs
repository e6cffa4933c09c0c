import { join } from 'node:path';
import { createLine } from '../harness/line.mjs';
import { createNode, freePort } from '../harness/node.mjs';
import { SAFE } from '../harness/world.mjs';

const { E2E_JDBC_URL: jdbc, E2E_JDBC_USER: user = 'postgres' } = process.env;

export const tests = {
  async 'a node is drained and started again under two typing browsers'({ person, more, finish, node }) {
    const ada = await (await person('ada')).open();
    const bob = await (await person('bob')).open();
    for (const tab of [ada, bob]) await tab.shown();
    await Promise.all([ada, bob].map(tab => tab.type(SAFE, 30)));
    await more('accepted', 50);

    await node.terminate();
    await node.start();
    for (const tab of [ada, bob]) await tab.until(() => window.lab.hf.status === 'online');
    await more('accepted', 50);

    const statuses = await ada.run(() => window.lab.statuses);
    if (!statuses.includes('draining')) throw new Error(`statuses: ${statuses} (expected: draining among them)`);
    return finish();
  },

  ...(jdbc === undefined ? {} : { 'a rolling restart of two nodes under two typing browsers': rolling }),
};

async function rolling({ world, home, site }) {
  const environment = { HOLDFAST_JDBC_URL: jdbc, HOLDFAST_JDBC_USER: user };
  const ports = [await freePort(), await freePort()];
  const seeds = ports.map(port => `127.0.0.1:${port}`).join(',');
  const nodes = await Promise.all(
    ports.map((port, n) => {
      const remoting = { HOLDFAST_SEED_NODES: seeds, HOLDFAST_REMOTING_PORT: String(port) };
      return createNode({
        home: join(home, `rolling-${n}`),
        origin: site.origin,
        environment: { ...environment, ...remoting },
      });
    }),
  );
  const line = await createLine(nodes[0].http);
  try {
    await nodes[0].start();
    await nodes[1].start();
    const { person, more, finish } = await world({ node: nodes[0], line });
    const ada = await (await person('ada')).open();
    const bob = await (await person('bob')).open();
    for (const tab of [ada, bob]) await tab.shown();
    await Promise.all([ada, bob].map(tab => tab.type(SAFE, 30)));

    for (const [n, node] of nodes.entries()) {
      await more('accepted', 30);
      line.leadTo(nodes[1 - n].http);
      await node.terminate();
      await node.start();
      for (const tab of [ada, bob]) await tab.until(() => window.lab.hf.status === 'online');
    }

    return await finish();
  } finally {
    line.close();
    for (const node of nodes) await node.kill();
  }
}
