// Serves the built page against the in-memory server of the client's tests: node test/fake.mjs [port]
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { createFakeServer } from '../../client/build/test/fake-server.js';

const DIST = new URL('../dist/', import.meta.url);
const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };
const WELCOME = {
  title: 'Before we sail',
  todos: [
    { id: 'rope', text: 'Coil the ropes', done: true },
    { id: 'water', text: 'Fill the water tank', done: false },
    { id: 'chart', text: 'Mark the shoals on the chart', done: false },
  ],
};

const holdfast = createFakeServer({ initial: { board: WELCOME } });
const server = createServer(async (request, response) => {
  if (request.url.startsWith('/v1/state/')) return state(request.url.slice('/v1/state/'.length), response);
  const path = new URL(request.url, 'http://localhost').pathname.slice(1) || 'index.html';
  try {
    const body = await readFile(new URL(path, DIST));
    response.writeHead(200, {
      'Content-Type': TYPES[path.split('.').at(-1)] ?? 'application/octet-stream',
      'Content-Security-Policy': "default-src 'self'; connect-src 'self' ws: wss:",
    });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});

function state(entity, response) {
  const { doc, epoch, version } = holdfast.document(entity);
  response.writeHead(200, { 'Content-Type': 'application/json', ETag: `"${epoch}.${version}"` });
  response.end(JSON.stringify(doc));
}

new WebSocketServer({ server, path: '/v1/socket' }).on('connection', socket => {
  const line = holdfast.accept({ say: text => socket.send(text), hangUp: () => socket.close() });
  socket.on('message', data => line.hear(String(data)));
  socket.on('close', () => line.gone());
});
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${server.address().port}`),
);
