import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { resolve } from 'node:path';

const TS = resolve(import.meta.dirname, '../..');
/** The client under test: the module a node serves as `/client.js`. */
export const CLIENT = process.env.CLIENT_JS ?? resolve(TS, 'client/dist/client.js');
const FILES = {
  '/': ['text/html', resolve(TS, 'e2e/page/lab.html')],
  '/lab.js': ['text/javascript', resolve(TS, 'e2e/page/lab.js')],
  '/random.js': ['text/javascript', resolve(TS, 'e2e/harness/random.mjs')],
  '/client.js': ['text/javascript', CLIENT],
};

/** The web site of the page under test: an origin of its own that stays up while nodes come and go. */
export async function createSite() {
  const server = createServer(async (request, response) => {
    const [type, file] = FILES[new URL(request.url, 'http://site').pathname] ?? [];
    if (file === undefined) return response.writeHead(request.url === '/favicon.ico' ? 204 : 404).end();
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
    response.end(await readFile(file));
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
