import { fireEvent, render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { createFakeServer } from '../../client/test/fake-server.js';
import { blocksIn, compiled } from './compiled.js';

/** A WebSocket to that server, as a browser has it. */
function socketsTo(server: ReturnType<typeof createFakeServer>) {
  return class {
    readonly #line = server.accept({
      say: text => queueMicrotask(() => this.onmessage?.({ data: text })),
      hangUp: () => queueMicrotask(() => this.onclose?.()),
    });
    onopen?: () => void;
    onmessage?: (event: { readonly data: string }) => void;
    onclose?: () => void;
    constructor() {
      queueMicrotask(() => this.onopen?.());
    }
    send(text: string) {
      this.#line.hear(text);
    }
    close() {
      this.#line.gone();
    }
  };
}

it("the README's component compiles as it stands there, and edits a title", async () => {
  const [example = ''] = blocksIn('README.md', 'tsx');
  const folder = compiled('readme', { 'App.tsx': example });
  const server = createFakeServer({ initial: { board: { title: 'Welcome', todos: [] } } });
  vi.stubGlobal('WebSocket', socketsTo(server));

  const { App } = await import(/* @vite-ignore */ `../${folder}/App.tsx`);
  render(<App />);
  const title = screen.getByRole('textbox');
  expect(title).toHaveProperty('disabled', true);
  await screen.findByDisplayValue('Welcome');
  expect(title).toHaveProperty('disabled', false);
  fireEvent.change(title, { target: { value: 'Aboard' } });

  expect(screen.getByDisplayValue('Aboard')).toBe(title);
  await vi.waitFor(() => expect(server.document('board/welcome').doc).toEqual({ title: 'Aboard', todos: [] }));
});
