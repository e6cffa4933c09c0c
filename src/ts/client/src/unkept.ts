import type { Command } from './command.js';
import type { Changed } from './frames.js';
import type { SessionHost } from './host.js';
import { createHost } from './host.js';
import { randomId } from './ids.js';
import { onlySettled } from './messages.js';
import { createMemoryOutbox } from './outbox.js';
import type { Page } from './page.js';
import type { Session } from './session.js';

/** The way of commands that cannot be kept: a session of this page alone, under an id of its own, made when one is needed. */
export interface Unkept {
  submit(command: Command): void;
  /** A change on the shared connection may be one of ours. */
  overhear(change: Changed): void;
  pause(on: boolean): void;
  /** A newer token is there: what needed one goes on. */
  reconnect(): void;
  /** The page may have slept. */
  wake(): void;
  stop(): void;
}

export function createUnkept(
  page: Page,
  traffic: SessionHost['traffic'],
  connect: (host: SessionHost) => Session,
): Unkept {
  const outbox = createMemoryOutbox(randomId(24));
  let session: Session | undefined;
  let paused = false;
  const host = createHost(1, outbox, page, {
    news(news) {
      if ('settled' in news) page.hear(onlySettled(news));
      else if (news.m === 'sending') page.hear(news);
      return false;
    },
    over: () => {},
    traffic,
  });
  return {
    submit(command) {
      if (session === undefined) {
        session = connect(host);
        if (paused) session.pause();
      }
      session.submit(command);
    },
    pause(on) {
      paused = on;
      session?.[on ? 'pause' : 'resume']();
    },
    reconnect: () => session?.reconnect(),
    wake: () => session?.wake(),
    overhear: change => session?.overhear(change),
    stop: () => session?.stop(),
  };
}
