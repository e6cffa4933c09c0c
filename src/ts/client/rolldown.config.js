/** The browser client as one ES module, as servers hand it out at `/client.js`. */
export default {
  input: 'src/index.ts',
  transform: { target: 'es2022' },
  output: { file: 'dist/client.js', format: 'esm', minify: true, comments: false },
};
