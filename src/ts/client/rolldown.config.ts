import { transform } from 'esbuild';
import type { Plugin, RolldownOptions } from 'rolldown';
import { minify } from 'uglify-js';
import { OWN_NAMES } from './own-names.js';

const mangleProps = new RegExp(`^(?:${OWN_NAMES.join('|')})$`);

/** Only what costs no speed; its types do not know `arrows`. */
const compress = { passes: 4, inline: 1, arrows: false };

/** Gives our own members short names, and makes shorter still what rolldown has made short. */
const shorter: Plugin = {
  name: 'shorter',
  renderChunk: async code => (await transform(code, { mangleProps })).code,
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      const { code, error } = minify(chunk.code, {
        module: true,
        toplevel: true,
        compress,
      });
      if (error !== undefined) throw error;
      chunk.code = code;
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
