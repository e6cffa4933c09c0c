import { isArray, type Json } from '../src/json.js';
import { definitionIn, type KindDefinition } from './module.js';
import { own } from './references.js';

/** Why there is nothing to write, with the exit code that says so, the same as the `holdfast` command's. */
export class Failure extends Error {
  constructor(
    readonly exitCode: 1 | 2 | 3 | 6,
    message: string,
  ) {
    super(message);
  }
}

const PATIENCE_MS = 10_000;

/** Where a server's kinds are told: its address as for `connect`, so `ws://host/v1/socket` will do. */
export function kindsUrl(address: string): URL {
  const url = URL.canParse(address) ? new URL(address.replace(/^ws/, 'http')) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new Failure(2, `URL: ${address} (expected: a server's address, such as http://127.0.0.1:8080)`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new Failure(2, 'URL: a name or password in it (expected: none; a token goes with --token)');
  }
  url.pathname = `${url.pathname.replace(/(\/v1\/socket)?\/*$/, '')}/v1/kinds`;
  url.search = '';
  url.hash = '';
  return url;
}

/** Every kind of the server with its schema. */
export async function askForKinds(url: URL, token: string | undefined): Promise<readonly KindDefinition[]> {
  const kinds = own(await answerOf(url, token), 'kinds');
  if (!isArray(kinds)) throw nonsense(url, 'a list of kinds');
  return Promise.all(kinds.map(kind => definition(url, kind, token)));
}

async function definition(url: URL, listed: Json, token: string | undefined): Promise<KindDefinition> {
  const name = definitionIn(listed)?.kind;
  if (name === undefined) throw nonsense(url, 'kinds with names');
  const own = new URL(url);
  own.pathname += `/${encodeURIComponent(name)}`;
  const found = definitionIn(await answerOf(own, token));
  if (found?.kind !== name) throw nonsense(own, `the kind ${name}`);
  return found;
}

async function answerOf(url: URL, token: string | undefined): Promise<Json> {
  const headers = { accept: 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(PATIENCE_MS) }).catch(error => {
    throw new Failure(3, `${shown(url)}: ${reasonOf(error)} (expected: a Holdfast server)`);
  });
  const body = await response.text().then(parsed, () => undefined);
  if (response.status === 401 || response.status === 403) {
    throw new Failure(6, `${shown(url)}: ${response.status}${detailOf(body)} (expected: a token that may, by --token)`);
  }
  if (!response.ok) throw new Failure(1, `${shown(url)}: ${response.status}${detailOf(body)} (expected: 200)`);
  if (body === undefined) throw nonsense(url, 'JSON');
  return body;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function detailOf(problem: Json | undefined): string {
  const detail = own(problem, 'detail');
  return typeof detail === 'string' ? ` ${detail}` : '';
}

function nonsense(url: URL, expected: string): Failure {
  return new Failure(1, `answer of ${shown(url)}: something else (expected: ${expected})`);
}

/** Node's fetch hides the reason in the cause, and several reasons in the cause's errors. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as {
    readonly cause?: { readonly code?: string; readonly message?: string };
    readonly message?: string;
  };
  return cause?.code ?? (cause?.message || message || 'unreachable');
}

/** The address as messages show it. */
export function shown(url: URL): string {
  return `${url.origin}${url.pathname}`;
}
