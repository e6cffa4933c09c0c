import type { Inspected, Snapshot } from './api.js';
import type { Json } from './json.js';

/** The part of the Redux DevTools extension that is used. */
interface Extension {
  connect(options: { readonly name: string }): {
    init(state: unknown): void;
    send(action: { readonly type: string }, state: unknown): void;
    subscribe(listener: (message: Told) => void): void;
  };
}

/** What somebody does in the extension's window; `state` is the one to go to, as JSON. */
interface Told {
  readonly type: string;
  readonly state?: string;
  readonly payload?: { readonly type?: string };
}

type Documents = Readonly<Record<string, Json>>;

/**
 * Shows every change in the Redux DevTools, and the page as it was after any of them: `connect({ url, devtools })`. Going to the
 * newest change, or resetting, shows the page as it is. Where the extension is not installed, nothing happens.
 */
export function devtools(page: Inspected): void {
  const { __REDUX_DEVTOOLS_EXTENSION__: extension } = globalThis as {
    readonly __REDUX_DEVTOOLS_EXTENSION__?: Extension;
  };
  if (extension === undefined) return;
  const tools = extension.connect({ name: 'Holdfast' });
  let away = false;
  tools.init(page.documents());
  page.onChange((entity, snapshot) => {
    if (!away) tools.send({ type: titleOf(entity, snapshot) }, page.documents());
  });
  tools.subscribe(({ type, state, payload }) => {
    if (type !== 'DISPATCH') return;
    const jumps = payload?.type === 'JUMP_TO_ACTION' || payload?.type === 'JUMP_TO_STATE';
    const past =
      jumps && state !== undefined && state !== JSON.stringify(page.documents())
        ? (JSON.parse(state) as Documents)
        : undefined;
    away = true;
    page.travel(past);
    away = past !== undefined;
  });
}

function titleOf(entity: string, { version, pending, status }: Snapshot): string {
  return `${entity} ${version}${pending > 0 ? ` + ${pending}` : ''} (${status})`;
}
