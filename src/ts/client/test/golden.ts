import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The golden frames, shared with the server's tests: one canonical JSON object per file. npm runs tests in the package's folder. */
const FOLDER = resolve(process.cwd(), '../../test/resources/frames');

export function goldenNames(direction: 'client' | 'server'): readonly string[] {
  return readdirSync(FOLDER)
    .filter(name => name.startsWith(`${direction}-`))
    .map(name => name.slice(0, -'.json'.length));
}

export function golden(name: string): string {
  return readFileSync(`${FOLDER}/${name}.json`, 'utf8').trimEnd();
}

export function goldenFrame<T>(name: string): T {
  return JSON.parse(golden(name));
}
