import { defineConfig } from 'vitest/config';

const server = process.env['HOLDFAST_URL'] ?? 'http://127.0.0.1:8080';

const sourceOf = (workspace: string) => new URL(`../${workspace}/src/index.ts`, import.meta.url).pathname;

// File names without hashes: behind a load balancer, while nodes of two releases serve one page, each must have what the other's
// index.html names. The server has browsers ask whether their copy is still good.
export default defineConfig({
  root: 'src',
  publicDir: '../public',
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    rolldownOptions: {
      output: {
        entryFileNames: 'app.js',
        assetFileNames: ({ names }) => (names[0]?.endsWith('.css') ? 'style.css' : '[name][extname]'),
      },
    },
  },
  server: { proxy: { '/v1': { target: server, ws: true } } },
  test: {
    root: '.',
    include: ['test/**/*.test.{ts,tsx}'],
    alias: { '@holdfast/client': sourceOf('client'), '@holdfast/react': sourceOf('react') },
  },
});
