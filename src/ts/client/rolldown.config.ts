import { transform } from 'esbuild';
import type { Plugin, RolldownOptions } from 'rolldown';
import { minify } from 'terser';
import { OWN_NAMES } from './own-names.js';

const mangleProps = new RegExp(`^(?:${OWN_NAMES.join('|')})$`);

/** Gives our own members short names, and makes shorter still what rolldown has made short. */
const shorter: Plugin = {
  name: 'shorter',
  renderChunk: async code => (await transform(code, { mangleProps })).code,
  async generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      const { code } = await minify(chunk.code, { module: true, ecma: 2022, compress: { passes: 2 } });
      chunk.code = code as string;
    }
  },
};

/** How the module that is handed out is made of its sources. */
export function bundleOf(input: string): RolldownOptions {
  return {
    input,
    transform: { target: 'es2022' },
    plugins: [shorter],
    output: { file: 'dist/client.js', format: 'esm', minify: true, comments: false },
  };
}

/** The browser client as one ES module, as servers hand it out at `/client.js`. */
export default bundleOf('src/index.ts');
