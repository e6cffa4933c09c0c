import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { environment: 'jsdom', include: ['test/**/*.test.{ts,tsx}'] },
  resolve: { alias: { '@holdfast/client': new URL('../client/src/index.ts', import.meta.url).pathname } },
});
