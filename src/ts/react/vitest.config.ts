import { defineConfig } from 'vitest/config';

const sourceOf = (workspace: string) => new URL(`${workspace}/src/index.ts`, import.meta.url).pathname;

export default defineConfig({
  test: { environment: 'jsdom', include: ['test/**/*.test.{ts,tsx}'] },
  resolve: { alias: { '@holdfast/client': sourceOf('../client'), '@holdfast/react': sourceOf('.') } },
});
