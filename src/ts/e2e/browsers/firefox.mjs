import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';

const READY = /WebDriver BiDi listening on (ws:\S+)/;

/** Firefox as Debian has it, by WebDriver BiDi (https://w3c.github.io/webdriver-bidi). */
export async function launch() {
  const home = await mkdtemp(join(tmpdir(), 'holdfast-firefox-'));
  const args = ['--headless', '--no-remote', '--profile', home, '--remote-debugging-port', '0'];
  const process_ = spawn(process.env.FIREFOX ?? 'firefox-esr', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const gone = new Promise(done => process_.once('exit', done));
  const address = await addressIn(process_);
  const send = await connected(`${address}/session`);
  await send('session.new', { capabilities: {} });

  return {
    async createProfile() {
      const { userContext } = await send('browser.createUserContext', {});
      return {
        open: url => openPage(send, userContext, url),
        close: () => send('browser.removeUserContext', { userContext }),
      };
    },
    async close() {
      process_.kill();
      await gone;
      await rm(home, { recursive: true, force: true });
    },
  };
}

function addressIn({ stderr }) {
  return new Promise((resolve, reject) => {
    let said = '';
    stderr.on('data', bytes => {
      said += bytes;
      const address = READY.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    stderr.on('end', () => reject(new Error(`firefox: ${said} (expected: an address)`)));
  });
}

async function connected(url) {
  const socket = new WebSocket(url);
  const waiting = new Map();
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('message', text => {
    const { id, result, error, message } = JSON.parse(text);
    const { resolve, reject } = waiting.get(id) ?? {};
    waiting.delete(id);
    if (error === undefined) resolve?.(result);
    else reject?.(new Error(`${error}: ${message}`));
  });
  let last = 0;
  return (method, params) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      socket.send(JSON.stringify({ id: last, method, params }));
    });
}

async function openPage(send, userContext, url) {
  // A window each: the timers of tabs in the background are held back.
  const { context } = await send('browsingContext.create', { type: 'window', userContext });
  await send('browsingContext.navigate', { context, url, wait: 'complete' });
  return {
    async run(source) {
      const call = { functionDeclaration: source, awaitPromise: true, target: { context } };
      const { result, exceptionDetails } = await send('script.callFunction', call);
      if (exceptionDetails !== undefined) throw new Error(exceptionDetails.text);
      return result.value;
    },
    reload: () => send('browsingContext.reload', { context, wait: 'complete' }),
    close: () => send('browsingContext.close', { context }),
  };
}
