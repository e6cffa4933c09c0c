import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const PATHS = {
  '@holdfast/client': ['../../../client/src/index.ts'],
  '@holdfast/client/devtools': ['../../../client/src/devtools.ts'],
  '@holdfast/react': ['../../src/index.ts'],
};

/** The blocks of code in that language in a document of the repository. */
export function blocksIn(document: string, language: string): readonly string[] {
  const text = readFileSync(`../../../${document}`, 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, code]) => code as string);
}

/** The files in `build/{name}`, compiled as this package's tests are; throws what the compiler complains of. */
export function compiled(name: string, files: Readonly<Record<string, string>>): string {
  const folder = `build/${name}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const settings = {
    extends: '../../test/tsconfig.json',
    compilerOptions: { paths: PATHS, noUnusedLocals: false },
    include: ['.'],
  };
  for (const [file, text] of Object.entries({ ...files, 'tsconfig.json': JSON.stringify(settings) }))
    writeFileSync(`${folder}/${file}`, text);
  try {
    execFileSync('npx', ['--no-install', 'tsc', '-p', folder], { encoding: 'utf8' });
  } catch (error) {
    throw new Error((error as { readonly stdout: string }).stdout);
  }
  return folder;
}
