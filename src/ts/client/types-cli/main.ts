import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { askForKinds, Failure, kindsUrl, shown } from './ask.js';
import { moduleOf } from './module.js';

const USAGE = `Usage: holdfast-types URL [--token TOKEN] [--out FILE]
Writes the kinds of a Holdfast server as TypeScript types.

  URL            The server, such as http://127.0.0.1:8080.
  --token TOKEN  Bearer token, if the server's kinds are not for everyone. Default: $HOLDFAST_TOKEN.
  --out FILE     Where to write. Default: standard output.
  --help         Show this.

Exit codes:
  0   done
  1   the server refused, or answered something that is no list of kinds
  2   wrong usage, or a file that cannot be written
  3   server unreachable
  6   not permitted: no or wrong token

Example:
  holdfast-types http://127.0.0.1:8080 --out src/kinds.ts
  then: entity<Kinds['room']>('room/lobby')
`;

interface Wanted {
  readonly url: URL;
  readonly token: string | undefined;
  readonly out: string | undefined;
}

function wantedBy(words: readonly string[]): Wanted | undefined {
  const text = { type: 'string' } as const;
  const options = { token: text, out: text, help: { type: 'boolean' } } as const;
  const { values, positionals } = parsed(() => parseArgs({ args: [...words], options, allowPositionals: true }));
  if (values.help) return undefined;
  const [address, ...others] = positionals;
  if (address === undefined || others.length > 0) {
    throw new Failure(2, `URL: ${positionals.join(' ') || 'none'} (expected: one; see holdfast-types --help)`);
  }
  return { url: kindsUrl(address), token: values.token ?? process.env['HOLDFAST_TOKEN'], out: values.out };
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new Failure(2, `${(error as Error).message} (see holdfast-types --help)`);
  }
}

async function run(words: readonly string[]): Promise<void> {
  const wanted = wantedBy(words);
  if (wanted === undefined) return void process.stdout.write(USAGE);
  const { url, token, out } = wanted;
  const text = moduleOf(await askForKinds(url, token), shown(url));
  if (out === undefined) return void process.stdout.write(text);
  await writeFile(out, text).catch(error => {
    throw new Failure(2, `${out}: ${(error as Error).message} (expected: a file that can be written)`);
  });
}

run(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof Failure)) throw error;
  process.stderr.write(`holdfast-types: ${error.message}\n`);
  process.exitCode = error.exitCode;
});
