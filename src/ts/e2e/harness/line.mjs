import { connect, createServer } from 'node:net';

/** What stands between browsers and nodes, as a load balancer does: it can change the node, cut, and go silent. */
export async function createLine(target) {
  const open = new Set();
  let to = target;
  let mode = 'open';
  const server = createServer(near => {
    if (mode === 'shut') return near.destroy();
    const far = connect(to, '127.0.0.1');
    const pair = [near, far];
    open.add(pair);
    const end = () => {
      open.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    for (const [one, other] of [pair, [far, near]]) {
      one.on('data', bytes => {
        if (mode !== 'silent' && !(mode === 'deaf' && one === far)) other.write(bytes);
      });
      one.on('end', () => other.end());
      one.on('close', end);
      one.on('error', end);
    }
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  const cut = () => {
    for (const pair of open) for (const socket of pair) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** New connections go to this port. */
    leadTo(port) {
      to = port;
    },
    /** Ends every connection; new ones are let through. */
    cut,
    /** Ends every connection and refuses new ones, until `mend`. */
    shut() {
      mode = 'shut';
      cut();
    },
    /** Keeps connections but swallows what they carry, until `mend`; those it swallowed from are of no use then. */
    silence() {
      mode = 'silent';
    },
    /** The same with what the nodes say only: they hear everything. */
    deafen() {
      mode = 'deaf';
    },
    mend() {
      if (mode === 'silent' || mode === 'deaf') cut();
      mode = 'open';
    },
    close() {
      cut();
      server.close();
    },
  };
}
