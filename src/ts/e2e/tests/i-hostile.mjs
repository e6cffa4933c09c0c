import { pause } from '../harness/wait.mjs';
import { SAFE } from '../harness/world.mjs';

/**
 * Puts a hand on the page's sockets: `window.inject(text)` makes the client hear what no server should say. False: it has no
 * connection that could bring it.
 */
function tapSockets() {
  const Native = window.WebSocket;
  window.sockets = [];
  window.WebSocket = class extends Native {
    constructor(...of) {
      super(...of);
      window.sockets.push(this);
    }
  };
  window.inject = data => {
    const socket = window.sockets.at(-1);
    if (socket?.readyState !== Native.OPEN || window.lab.hf.status !== 'online') return false;
    const text = data.replaceAll('EPOCH', window.lab.look().epoch).replaceAll('"VERSION"', window.lab.look().version);
    socket.dispatchEvent(new MessageEvent('message', { data: text === 'BINARY' ? new ArrayBuffer(8) : text }));
    return true;
  };
}

const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  '/',
  '~',
  '~1',
  '0',
  '-',
  'length',
  'id=1',
  'a\u2028b',
  '😀',
  '\ud800',
];

export const tests = {
  async 'members with the names of traps are members like any other'({ person, finish, node, entity }) {
    const ada = await (await person('ada')).open();
    const bob = await (await person('bob')).open();
    for (const tab of [ada, bob]) await tab.shown();

    for (const name of NAMES.slice(0, -1)) {
      const path = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      await node.patch(entity, [{ op: 'add', path: '/traps', value: {} }]);
      await node.patch(
        entity,
        JSON.parse(`[{"op":"add","path":${JSON.stringify(`/traps${path}`)},"value":{"polluted":{"polluted":true}}}]`),
      );
      await ada.until(trap => Object.hasOwn(window.lab.doc.get().value.traps ?? {}, trap), name);
      await ada.run(trap => {
        window.lab.doc.update(draft => {
          draft.traps[trap].polluted.by = 'ada';
          Object.defineProperty(draft.traps, `ada-${trap}`, {
            value: 1,
            enumerable: true,
            configurable: true,
            writable: true,
          });
        });
        window.lab.write('push');
      }, name);
      await bob.write('insert');
    }
    await node.patch(
      entity,
      JSON.parse(
        '[{"op":"merge","path":"/traps","value":{"__proto__":{"polluted":1},"deep":{"__proto__":{"polluted":1}}}}]',
      ),
    );
    const polluted = await Promise.all(
      [ada, bob].map(tab => tab.run(() => [{}.polluted, Object.polluted, [].polluted, 'polluted' in Object.prototype])),
    );

    if (JSON.stringify(polluted) !== '[[null,null,null,false],[null,null,null,false]]')
      throw new Error(`polluted: ${JSON.stringify(polluted)}`);
    return finish();
  },

  async 'a server that talks nonsense leads to a clean resync'({ person, finish, entity, random }) {
    const ada = await (await person('ada', { before: [tapSockets] })).open();
    const bob = await (await person('bob')).open();
    for (const tab of [ada, bob]) await tab.shown();
    const changes = '[{"version":1,"client":"x","seq":1,"by":"x","at":1}]';
    const nonsense = [
      'BINARY',
      '',
      '{',
      'null',
      '[]',
      '7',
      '{}',
      '{"t":7}',
      '{"t":"unheard-of","entity":"lab/x"}',
      `{"t":"changed","entity":"${entity}"}`,
      `{"t":"changed","entity":"${entity}","from":"VERSION","version":99999,"ops":[{"op":"replace","path":"/no/such","value":1}],"changes":${changes}}`,
      `{"t":"changed","entity":"${entity}","from":1,"version":2,"ops":[],"changes":${changes}}`,
      `{"t":"changed","entity":"${entity}","from":"VERSION","version":"VERSION","ops":[{"op":"add","path":"/__proto__/polluted","value":1}],"changes":[]}`,
      `{"t":"changed","entity":"${entity}","from":"VERSION","version":"VERSION","ops":"all","changes":7}`,
      `{"t":"state","entity":"${entity}","epoch":"x","version":null,"doc":7}`,
      `{"t":"state","entity":"lab/other","epoch":1,"version":1,"doc":7}`,
      `{"t":"gap","entity":"${entity}","expected":0}`,
      `{"t":"gap","entity":"${entity}","expected":99999}`,
      `{"t":"gap","entity":"${entity}","expected":-1}`,
      `{"t":"refused","entity":"${entity}","seq":99999,"code":"invalid","detail":"x","version":1}`,
      `{"t":"accepted","entity":"${entity}","seq":99999,"version":1}`,
      `{"t":"current","entity":"${entity}","epoch":1,"version":1}`,
      `{"t":"closed","entity":"${entity}","code":"unavailable","detail":"x"}`,
      `{"t":"error","code":"overloaded","detail":"x"}`,
      '{"t":"error","code":"no-such-code","detail":"x"}',
      `{"t":"presence","entity":"${entity}","put":7}`,
      '{"t":"pong","n":"?"}',
      '{"t":"welcome"}',
      '{"t":"goaway","code":"draining","detail":"x","retryAfterMs":100}',
      `{"t":"state","entity":"${entity}","epoch":EPOCH,"version":1,"doc":${'['.repeat(5000)}${']'.repeat(5000)}}`,
    ];
    await Promise.all([ada, bob].map(tab => tab.type(SAFE, 50)));

    let heard = 0;
    for (const frame of [...nonsense, ...Array.from({ length: 20 }, () => random.pick(nonsense))]) {
      // After so many lost connections in a row it would wait long for the next one; what it hears last, it has to mend by itself.
      await ada.run(() => window.lab.hf.status === 'online' || window.lab.hf.reconnect());
      await ada.until(text => window.inject(text), frame);
      heard += 1;
      await pause(random.between(20, 200));
    }
    const polluted = await ada.run(() => 'polluted' in Object.prototype);
    await ada.stop();

    if (polluted) throw new Error('Object.prototype: polluted');
    return `${heard} frames heard, ${await finish()}`;
  },
};
