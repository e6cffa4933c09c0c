import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';

const TS = resolve(import.meta.dirname, '../..');
/** The client under test: the module a node serves as `/client.js`. */
export const CLIENT = process.env.CLIENT_JS ?? resolve(TS, 'client/dist/client.js');
const LAB = resolve(TS, 'e2e/page/lab.html');
const FILES = {
  '/': ['text/html', LAB],
  '/lab.js': ['text/javascript', resolve(TS, 'e2e/page/lab.js')],
  '/random.js': ['text/javascript', resolve(TS, 'e2e/harness/random.mjs')],
  '/client.js': ['text/javascript', CLIENT],
};

/** The web site of the page under test: an origin of its own that stays up while nodes come and go. */
export async function createSite() {
  const pages = [];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://site');
    const [, page, called] = /^\/page\/(\d+)(?:\/(\w+))?$/.exec(pathname) ?? [];
    const [type, file] = FILES[pathname] ?? (page === undefined ? [] : FILES['/']);
    if (file === undefined) return response.writeHead(request.url === '/favicon.ico' ? 204 : 404).end();
    if (called !== undefined) return answer(response, () => call(pages[page].functions[called], request));
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
    const content = await readFile(file, 'utf8');
    response.end(page === undefined ? content : content.replace('<script', `${pages[page].scripts}<script`));
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    /**
     * The address of a lab of its own: it has these functions, which are called here, and runs these scripts first. For browsers
     * that cannot be asked for that from outside.
     */
    addPage({ functions, scripts, settings }) {
      const number = pages.length;
      const sources = [
        `window.labSettings = ${JSON.stringify(settings)}`,
        `(${callHome})(${JSON.stringify(Object.keys(functions))})`,
        ...scripts.map(script => `(${script})()`),
      ];
      pages.push({ functions, scripts: sources.map(source => `<script>${source}</script>`).join('') });
      return `${origin}/page/${number}`;
    },
    close: () => server.close(),
  };
}

/** What was thrown here is thrown there. */
async function answer(response, run) {
  try {
    response.end(await run());
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
}

async function call(run, request) {
  return JSON.stringify((await run(...JSON.parse(await text(request)))) ?? null);
}

/** In the page. What it has begun to report outlives it (keepalive), as long as that is not too much at once. */
function callHome(names) {
  let unheard = 0;
  window.unheard = () => unheard;
  for (const name of names) {
    window[name] = async (...args) => {
      const call = keepalive =>
        fetch(`${location.pathname}/${name}`, { method: 'POST', keepalive, body: JSON.stringify(args) });
      unheard += 1;
      try {
        const answer = await call(true).catch(() => call(false));
        if (!answer.ok) throw new Error(await answer.text());
        return await answer.json();
      } finally {
        unheard -= 1;
      }
    };
  }
  const complain = what => window.complain(String(what));
  window.addEventListener('error', event => complain(event.error?.stack ?? event.message));
  const log = console.error;
  console.error = (...what) => {
    log(...what);
    complain(what.join(' '));
  };
}
