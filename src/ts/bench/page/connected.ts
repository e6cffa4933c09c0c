import { type ConnectOptions, connect, type Holdfast } from '@holdfast/client';
import { until } from './measure.js';

declare global {
  interface Window {
    /** What the bench's driver tells the page. */
    readonly settings: { readonly url: string; readonly token: string; readonly entity: string };
    bench: (argument?: unknown) => Promise<unknown>;
  }
}

/** A client of the real node, with the document of the bench at hand and kept in sight. */
export async function connected(
  options: Partial<ConnectOptions> = {},
): Promise<{ readonly hf: Holdfast; readonly entity: string }> {
  const { url, token, entity } = window.settings;
  const hf = connect({ url, token, ...options });
  hf.entity(entity).subscribe(() => {});
  await until(() => hf.entity(entity).get().status === 'live');
  return { hf, entity };
}
