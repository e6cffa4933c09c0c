import { rolldown } from 'rolldown';
import { defineConfig, type Plugin } from 'vitest/config';
import { bundleOf } from './rolldown.config.js';

const BUNDLE = 'bundle-of:';

/** `bundle-of:src/x.ts` is that module as it is handed out: bundled, with short names, minified. */
const bundles: Plugin = {
  name: 'bundles',
  enforce: 'pre',
  resolveId: id => (id.startsWith(BUNDLE) ? `\0${id}` : undefined),
  async load(id) {
    if (!id.startsWith(`\0${BUNDLE}`)) return undefined;
    const options = bundleOf(id.slice(BUNDLE.length + 1));
    const { output } = await rolldown(options).then(bundle => bundle.generate(options.output as object));
    return output[0].code;
  },
};

/** Tests that see no more of the client than applications do, and so can be run with what is handed out. */
const outside = [
  'cache',
  'client',
  'closed',
  'closings',
  'connection',
  'deleted',
  'devtools',
  'editable',
  'full-disk',
  'handover',
  'heartbeat',
  'lagging',
  'late-words',
  'local',
  'local-failures',
  'network',
  'nonsense',
  'onlookers',
  'passed-over',
  'presence',
  'recipes',
  'refresh',
  'renewal',
  'runs',
  'sending-again',
  'storage',
  'succession',
  'tabs',
  'tabs-control',
  'tabs-laws',
  'tabs-presence',
  'takeover',
  'tokens',
  'undo',
  'unkept',
  'unsteady',
  'words',
].map(name => `test/${name}.test.ts`);

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [bundles],
        test: { name: 'sources', include: ['test/**/*.test.ts', 'types-cli/test/**/*.test.ts'], testTimeout: 60_000 },
      },
      {
        plugins: [bundles],
        resolve: { alias: [{ find: '../src/connect.js', replacement: `${BUNDLE}src/connect.ts` }] },
        test: { name: 'bundle', include: outside, testTimeout: 60_000 },
      },
    ],
  },
});
