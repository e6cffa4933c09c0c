import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const CLIENT = resolve(import.meta.dirname, '../..');
const BIN = join(CLIENT, 'build/holdfast-types.js');
const ROOM = {
  kind: 'room',
  description: 'a room',
  schema: { type: 'object', properties: { topic: { type: 'string' } } },
};

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function run(...words: readonly string[]): Promise<Ended> {
  const { HOLDFAST_TOKEN: _, ...env } = process.env;
  return new Promise(done => {
    execFile(process.execPath, [BIN, ...words], { env }, (error, out, err) => {
      done({ code: error === null ? 0 : Number(error.code), out, err });
    });
  });
}

/** A web server that is asked for kinds: its paths before `/v1/kinds` are the ways to answer. */
const answers: Readonly<Record<string, (path: string, token?: string) => readonly [status: number, body: string]>> = {
  good: path => [200, JSON.stringify(path === '' ? { kinds: [{ kind: 'room' }] } : ROOM)],
  guarded: (path, token) =>
    token === 'Bearer ada'
      ? [200, JSON.stringify(path === '' ? { kinds: [ROOM] } : ROOM)]
      : [401, '{"code":"unauthenticated","detail":"token: none (expected: one)"}'],
  page: () => [200, '<!doctype html>'],
  other: () => [200, '{"kinds":7}'],
  nameless: () => [200, '{"kinds":[{"name":"room"}]}'],
  liar: path => [200, JSON.stringify(path === '' ? { kinds: [ROOM] } : { kind: 'other' })],
  broken: () => [503, '{"code":"unavailable","detail":"database: gone (expected: there)"}'],
  missing: () => [404, 'nothing here'],
};
let server: Server;
let origin: string;
let nobody: string;

async function listening(answer: Server): Promise<string> {
  await new Promise<void>(done => answer.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(answer.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  await build({
    entryPoints: [join(CLIENT, 'types-cli/main.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: BIN,
  });
  server = createServer((request, response) => {
    const [, way = '', path = ''] = /^\/([a-z]+)\/v1\/kinds(.*)$/.exec(request.url ?? '') ?? [];
    const [status, body] = answers[way]?.(path, request.headers.authorization) ?? [500, ''];
    response.writeHead(status).end(body);
  });
  origin = await listening(server);
  const closed = createServer();
  nobody = await listening(closed);
  closed.close();
});

afterAll(() => server.close());

describe('holdfast-types', () => {
  it('prints the types of a server’s kinds', async () => {
    const { code, out, err } = await run(`${origin}/good`);

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`// Made by holdfast-types from ${origin}/good/v1/kinds`);
    expect(out).toContain('export type Room = {\n  readonly topic?: string;\n};\n');
  });

  it('writes them to a file, and takes the address of the socket as well', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'types-'));
    const file = join(directory, 'kinds.ts');
    try {
      const { code, out } = await run(`${origin.replace('http', 'ws')}/good/v1/socket`, '--out', file);

      expect({ code, out }).toEqual({ code: 0, out: '' });
      expect(readFileSync(file, 'utf8')).toContain('export type Room');
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it('shows the token it is given', async () => {
    expect((await run(`${origin}/guarded`, '--token', 'ada')).code).toBe(0);
  });

  const failures: readonly (readonly [why: string, words: () => readonly string[], code: number, err: () => string])[] =
    [
      ['no URL', () => [], 2, () => 'URL: none (expected: one; see holdfast-types --help)'],
      ['two URLs', () => ['a', 'b'], 2, () => 'URL: a b (expected: one; see holdfast-types --help)'],
      [
        'no address',
        () => ['room'],
        2,
        () => "URL: room (expected: a server's address, such as http://127.0.0.1:8080)",
      ],
      [
        'another protocol',
        () => ['file:///etc'],
        2,
        () => "URL: file:///etc (expected: a server's address, such as http://127.0.0.1:8080)",
      ],
      ['nobody there', () => [nobody], 3, () => `${nobody}/v1/kinds: ECONNREFUSED (expected: a Holdfast server)`],
      [
        'no token',
        () => [`${origin}/guarded`],
        6,
        () => `${origin}/guarded/v1/kinds: 401 token: none (expected: one) (expected: a token that may, by --token)`,
      ],
      [
        'a web page',
        () => [`${origin}/page`],
        1,
        () => `answer of ${origin}/page/v1/kinds: something else (expected: JSON)`,
      ],
      [
        'other JSON',
        () => [`${origin}/other`],
        1,
        () => `answer of ${origin}/other/v1/kinds: something else (expected: a list of kinds)`,
      ],
      [
        'kinds without names',
        () => [`${origin}/nameless`],
        1,
        () => `answer of ${origin}/nameless/v1/kinds: something else (expected: kinds with names)`,
      ],
      [
        'another kind than asked for',
        () => [`${origin}/liar`],
        1,
        () => `answer of ${origin}/liar/v1/kinds/room: something else (expected: the kind room)`,
      ],
      [
        'a refusal',
        () => [`${origin}/broken`],
        1,
        () => `${origin}/broken/v1/kinds: 503 database: gone (expected: there) (expected: 200)`,
      ],
      ['no such page', () => [`${origin}/missing`], 1, () => `${origin}/missing/v1/kinds: 404 (expected: 200)`],
    ];

  it.each(failures)('says so in one line: %s', async (_, words, code, line) => {
    expect(await run(...words())).toEqual({ code, out: '', err: `holdfast-types: ${line()}\n` });
  });

  it('says so in one line: an unknown option, a file that cannot be written', async () => {
    const option = await run('--verbose', origin);
    const file = await run(`${origin}/good`, '--out', '/nowhere/kinds.ts');

    expect([option.code, file.code]).toEqual([2, 2]);
    expect(option.err).toMatch(/^holdfast-types: .*--verbose.*\n$/);
    expect(file.err).toMatch(
      /^holdfast-types: \/nowhere\/kinds\.ts: ENOENT.* \(expected: a file that can be written\)\n$/,
    );
  });

  it('keeps a password in the address to itself', async () => {
    const { code, err } = await run('http://ada:secret@127.0.0.1');

    expect({ code, err }).toEqual({
      code: 2,
      err: 'holdfast-types: URL: a name or password in it (expected: none; a token goes with --token)\n',
    });
  });
});
