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

/** In the page. It waits for the answer as it waits for nothing else: what it reports, it has reported, whatever becomes of it. */
function callHome(names) {
  for (const name of names) {
    window[name] = async (...args) => {
      const request = new XMLHttpRequest();
      request.open('POST', `${location.pathname}/${name}`, false);
      request.send(JSON.stringify(args));
      if (request.status !== 200) throw new Error(request.responseText);
      return JSON.parse(request.responseText);
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
