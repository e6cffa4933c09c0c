import type { ConnectOptions } from './api.js';
import type { Changed } from './frames.js';
import type { SessionHost } from './host.js';
import type { Info, Request, Watch } from './messages.js';
import type { Outbox } from './outbox.js';
import type { Page } from './page.js';
import type { Session } from './session.js';
import type { Surroundings } from './surroundings.js';
import type { Tokens } from './tokens.js';

/** The way from this page to the server: its own connection if it leads, else through the page that does. */
export interface Relay {
  /** To whoever leads, this page or another. Commands are in the outbox by then. */
  request(message: Request): void;
  watch(entity: string, wanted: Watch): void;
  /** Tells what that tab has to tell, if it is this one, or gone and this one leads. */
  onBehalf(tab: string, tell: () => void): void;
  stop(): void;
}

export interface RelaySetting {
  readonly outside: Surroundings;
  /** What the pages of the account find each other by; empty: there is only this one. */
  readonly name: string;
  readonly tab: string;
  readonly outbox: Outbox;
  readonly tokens: Tokens;
  readonly page: Page;
  /** Whether a command that is shown has been in the outbox. */
  isKept(id: string): boolean;
  connect(host: SessionHost): Session;
  info(info: Info): void;
  /** Every change, whoever heard it. */
  overhear(change: Changed): void;
  /** The application gave a newer token, in this page or another. */
  refreshed(): void;
  readonly traffic: ConnectOptions['onFrame'];
}
