import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const CLIENT = resolve(import.meta.dirname, '../..');
const TSC = resolve(CLIENT, '../node_modules/typescript/bin/tsc');

/** What tsc says of the files, compiled together under the workspace's strict options; nothing if they are right. */
export async function complaintsAbout(files: Readonly<Record<string, string>>): Promise<string> {
  const parent = join(CLIENT, 'build');
  await mkdir(parent, { recursive: true });
  const directory = await mkdtemp(join(parent, 'types-'));
  const all = {
    ...files,
    'tsconfig.json':
      '{ "extends": "../../tsconfig.json", "compilerOptions": { "rootDir": "../..", "noEmit": true }, "include": ["."] }',
  };
  for (const [name, text] of Object.entries(all)) await writeFile(join(directory, name), text);
  const said = await new Promise<string>(done => {
    execFile(process.execPath, [TSC, '-p', directory], (_, out, err) => done(out + err));
  });
  await rm(directory, { recursive: true });
  return said;
}
