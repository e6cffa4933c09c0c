import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { describe as inWords } from '../src/wire-log.js';

const FOLDER = '../../test/resources/frames';

describe('the wire log', () => {
  for (const name of readdirSync(FOLDER)) {
    it(`has words for ${name}`, () => {
      const words = inWords(JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8')));

      assert.ok(!/undefined|null|\[object|NaN/.test(words), words);
    });
  }
});
