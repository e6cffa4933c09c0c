import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** What a node serves as /client.js. */
const CLIENT = join(import.meta.dirname, '../client/dist/client.js');
const BUNDLES = {
  '@holdfast/react (without client)': "export * from '@holdfast/react'",
  zustand: "export * from 'zustand'",
  '@reduxjs/toolkit': "export * from '@reduxjs/toolkit'",
  'react-redux': "export * from 'react-redux'",
};

/** Bytes of each package minified for production, and gzipped; React and the client count only where they are named. */
export async function sizes() {
  const rows = [row('@holdfast/client', await readFile(CLIENT))];
  for (const [name, contents] of Object.entries(BUNDLES)) {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: join(import.meta.dirname, '..') },
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      write: false,
      define: { 'process.env.NODE_ENV': '"production"' },
      external: ['react', 'react-dom', ...(name.startsWith('@holdfast/react') ? ['@holdfast/client'] : [])],
      logLevel: 'warning',
    });
    rows.push(row(name, outputFiles[0].contents));
  }
  return rows;
}

function row(name, bytes) {
  return { name, minified: bytes.length, gzipped: gzipSync(bytes, { level: 9 }).length };
}
