import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import WebSocket from 'ws';
import { CLIENT } from '../harness/site.mjs';
import { token } from '../harness/tokens.mjs';

const TYPES = resolve(import.meta.dirname, '../../client/dist/holdfast-types.js');

/** What a worker or another program does: one command, and waits for its receipt. */
async function once({ url, entity, token, client, options = {} }) {
  const { connect } = await import(client);
  const hf = connect({ url, token, ...options });
  const doc = hf.entity(entity);
  const shown = new Promise(done => {
    const leave = doc.subscribe(({ status }) => {
      if (status !== 'live') return;
      done();
      queueMicrotask(() => leave());
    });
  });
  await shown;
  const { version } = await doc.update(draft => {
    draft.text = 'from elsewhere';
  }).receipt;
  await hf.close();
  return version;
}

export const tests = {
  async 'the client works in a worker'({ person, finish, site, line, entity }) {
    const ada = await (await person('ada')).open();
    await ada.shown();
    const settings = { url: line.url, entity, token: token('bob'), client: `${site.origin}/client.js` };

    const version = await ada.run(
      async ([source, argument]) => {
        const code = `(${source})(${JSON.stringify(argument)}).then(v => postMessage({ v }), e => postMessage({ e: String(e.stack ?? e) }))`;
        const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })), {
          type: 'module',
        });
        const { v, e } = await new Promise(done => {
          worker.onmessage = ({ data }) => done(data);
          worker.onerror = ({ message }) => done({ e: message });
        });
        worker.terminate();
        if (e !== undefined) throw new Error(e);
        return v;
      },
      [String(once), settings],
    );

    if (version !== 2) throw new Error(`accepted@${version} (expected: 2)`);
    await ada.until(() => window.lab.doc.get().value.text === 'from elsewhere');
    return finish();
  },

  async 'the client works in Node'({ person, finish, line, entity }) {
    const ada = await (await person('ada')).open();
    await ada.shown();

    const client = pathToFileURL(CLIENT).href;
    const version = await once({ url: line.url, entity, token: token('bob'), client, options: { WebSocket } });

    if (version !== 2) throw new Error(`accepted@${version} (expected: 2)`);
    await ada.until(() => window.lab.doc.get().value.text === 'from elsewhere');
    return finish();
  },

  async 'a node gives types and the client'({ node }) {
    const { stdout } = await promisify(execFile)(process.execPath, [TYPES, node.url]);
    const served = await fetch(`${node.url}/client.js`).then(answer => answer.text());

    if (!stdout.includes('export type Board = {')) throw new Error(`types: ${stdout} (expected: Board among them)`);
    if (process.env.E2E_SAME_BUILD !== undefined && served !== (await readFile(CLIENT, 'utf8'))) {
      throw new Error('/client.js: not the client under test (expected: it)');
    }
    return `${stdout.split('\n').length} lines of types, ${served.length} characters of client`;
  },
};
