import { transform } from 'esbuild';
import type { RolldownOptions } from 'rolldown';
import { OWN_NAMES } from './own-names.js';

const mangleProps = new RegExp(`^(?:${OWN_NAMES.join('|')})$`);

/** How the module that is handed out is made of its sources. */
export function bundleOf(input: string): RolldownOptions {
  return {
    input,
    transform: { target: 'es2022' },
    plugins: [{ name: 'own-names', renderChunk: async code => (await transform(code, { mangleProps })).code }],
    output: { file: 'dist/client.js', format: 'esm', minify: true, comments: false },
  };
}

/** The browser client as one ES module, as servers hand it out at `/client.js`. */
export default bundleOf('src/index.ts');
