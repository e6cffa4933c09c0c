import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const run = (command: string, args: readonly string[], cwd: string) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

it('the packages can be packed as they are built then, installed and used as those of a registry', () => {
  const [, pack = ''] = /`(npm run pack)` in `src\/ts`/.exec(readFileSync('../../../README.md', 'utf8')) ?? [];
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-packages-'));
  try {
    for (const name of ['client', 'react']) {
      mkdirSync(`../${name}/dist`, { recursive: true });
      writeFileSync(`../${name}/dist/left-over.js`, '');
    }
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
    const [npm = '', ...words] = pack.split(' ');
    const files = run(npm, [...words, '--silent', '--', '--silent', '--pack-destination', folder], resolve('..'))
      .trim()
      .split('\n');
    expect(files).toEqual(['holdfast-client-0.1.0.tgz', 'holdfast-react-0.1.0.tgz']);

    // React comes from the application; here there is none to be had.
    const offline = ['--offline', '--legacy-peer-deps', '--no-audit', '--no-fund', '--silent'];
    run('npm', ['install', ...offline, ...files.map(file => `./${file}`)], folder);
    const [client, react] = ['client', 'react'].map(name =>
      readdirSync(join(folder, `node_modules/@holdfast/${name}/dist`)),
    );
    expect(client).toEqual(expect.arrayContaining(['client.js', 'devtools.js', 'holdfast-types.js', 'index.d.ts']));
    expect(react).toEqual(expect.arrayContaining(['index.d.ts', 'index.js']));
    expect([client, react].flat()).not.toContain('left-over.js');
    const program = "import('@holdfast/client').then(client => console.log(typeof client.connect))";
    expect(run('node', ['-e', program], folder).trim()).toBe('function');
    expect(run('npx', ['--no-install', 'holdfast-types', '--help'], folder)).toContain('Usage: holdfast-types URL');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
