import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { until } from '../harness/wait.mjs';

const MINI_BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

/** WebKit as Debian has it (webkit2gtk-driver), by WebDriver (https://www.w3.org/TR/webdriver2), on a screen of its own. */
export async function launch() {
  return { createProfile, close: async () => {} };
}

/** A driver has one session, and a session the storage of one person. */
async function createProfile() {
  const port = await freePort();
  const driver = spawn('xvfb-run', ['-a', 'WebKitWebDriver', `--port=${port}`], { stdio: 'ignore', detached: true });
  const address = `http://127.0.0.1:${port}`;
  await until('a WebDriver', () => send('GET', `${address}/status`));
  const options = { binary: process.env.WEBKIT ?? MINI_BROWSER, args: ['--automation'] };
  const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': options } };
  const { sessionId } = await send('POST', `${address}/session`, { capabilities });
  const session = `${address}/session/${sessionId}`;
  const first = await send('GET', `${session}/window`);
  let turn = Promise.resolve();

  /** Commands go to the window that was switched to last, so it is one page's turn after the other. */
  function inTurn(handle, work) {
    const own = turn.then(async () => {
      await send('POST', `${session}/window`, { handle });
      return work();
    });
    turn = own.catch(() => {});
    return own;
  }

  return {
    async open(url) {
      const { handle } = await inTurn(first, () => send('POST', `${session}/window/new`, { type: 'window' }));
      await inTurn(handle, () => send('POST', `${session}/url`, { url }));
      return {
        run: source =>
          inTurn(handle, () => send('POST', `${session}/execute/sync`, { script: `return (${source})()`, args: [] })),
        reload: () => inTurn(handle, () => send('POST', `${session}/refresh`, {})),
        close: () => inTurn(handle, () => send('DELETE', `${session}/window`)),
      };
    },
    async close() {
      await send('DELETE', session).catch(() => {});
      process.kill(-driver.pid);
    },
  };
}

async function send(method, url, body) {
  const answer = await fetch(url, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

function freePort() {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
