import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { SECRET, token } from './tokens.mjs';
import { until } from './wait.mjs';

const ROOT = resolve(import.meta.dirname, '../../../..');
/** What starts a node: `$HOLDFAST serve`. */
const LAUNCHER = process.env.HOLDFAST ?? join(ROOT, 'target/holdfast/bin/holdfast');

/** A port nobody listens on. */
export function freePort() {
  return new Promise(found => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => found(port));
    });
  });
}

/** A node that can be started, stopped and killed as often as wanted; it keeps its port and its data. */
export async function createNode({ home, origin, environment = {} }) {
  const [http, ops] = [await freePort(), await freePort()];
  const conf = join(home, 'conf');
  await mkdir(home, { recursive: true });
  await cp(join(ROOT, 'conf'), conf, { recursive: true });
  await cp(resolve(import.meta.dirname, '../kinds'), join(conf, 'kinds'), { recursive: true });
  const log = createWriteStream(join(home, 'node.log'));
  const env = {
    ...withoutOurs(process.env),
    HOLDFAST_HTTP_PORT: String(http),
    HOLDFAST_OPS_PORT: String(ops),
    HOLDFAST_CONF: conf,
    HOLDFAST_DATA: join(home, 'data'),
    HOLDFAST_JWT_SECRET: SECRET,
    HOLDFAST_ORIGINS: origin,
    HOLDFAST_JAVA_OPTS: '-Xmx512m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC',
    ...environment,
  };
  const url = `http://127.0.0.1:${http}`;
  let child;
  process.once('exit', () => child?.kill('SIGKILL'));

  async function start() {
    const own = spawn(LAUNCHER, ['serve'], { env, cwd: home, stdio: ['ignore', 'pipe', 'pipe'] });
    child = own;
    let ended;
    own.on('error', error => {
      ended = error.message;
    });
    own.on('exit', (code, signal) => {
      ended = `ended with ${signal ?? code}`;
    });
    for (const stream of [own.stdout, own.stderr]) stream.pipe(log, { end: false });
    await until(
      `${LAUNCHER} serve, log in ${home}`,
      () => {
        if (ended !== undefined) return { ended };
        return fetch(`http://127.0.0.1:${ops}/health/ready`).then(answer => answer.ok);
      },
      { ms: 90_000 },
    ).then(({ ended }) => {
      if (ended !== undefined) throw new Error(`${LAUNCHER} serve: ${ended} (expected: up; log in ${home}/node.log)`);
    });
  }

  const isUp = () => child !== undefined && child.exitCode === null && child.signalCode === null;

  function end(signal) {
    const own = child;
    if (!isUp()) return undefined;
    const gone = new Promise(done => own.once('exit', done));
    own.kill(signal);
    return gone;
  }

  return { url, http, start, isUp, kill: () => end('SIGKILL'), terminate: () => end('SIGTERM'), ...calls(url) };
}

function withoutOurs(environment) {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('HOLDFAST')));
}

/** What tests ask over HTTP, as an administrator. */
function calls(url) {
  const authorization = `Bearer ${token('curator', { roles: ['admin'] })}`;

  async function call(method, path, body, headers = {}) {
    const response = await fetch(url + path, { method, body, headers: { authorization, ...headers } });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()} (expected: 200)`);
    return response;
  }

  async function state(entity) {
    const response = await call('GET', `/v1/state/${entity}?consistency=strong`);
    return {
      version: Number(response.headers.get('etag').replaceAll('"', '').split('.')[1]),
      doc: await response.json(),
    };
  }

  async function history(entity) {
    const changes = [];
    for (;;) {
      const page = await call('GET', `/v1/state/${entity}/history?from=${changes.length + 1}&limit=1000`);
      const { changes: more } = await page.json();
      if (more.length === 0) return changes;
      changes.push(...more);
    }
  }

  const put = (entity, doc) => call('PUT', `/v1/state/${entity}`, JSON.stringify(doc));
  const patch = (entity, ops) =>
    call('PATCH', `/v1/state/${entity}`, JSON.stringify(ops), { 'content-type': 'application/json-patch+json' });
  return { state, history, put, patch };
}
