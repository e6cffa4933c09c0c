import type { TokenSource } from './api.js';

/** What a token says of itself: whose it is and until when, in milliseconds since 1970. */
export interface Claims {
  readonly subject: string;
  readonly expires?: number | undefined;
}

/** Reads a JWT without verifying it, or a development token, which is a name with roles behind `#`. */
export function claimsOf(token: string | undefined): Claims {
  const [name = '', payload] = (token ?? 'anonymous').split('.');
  try {
    const bytes = Uint8Array.from(atob((payload ?? '').replaceAll('-', '+').replaceAll('_', '/')), c =>
      c.charCodeAt(0),
    );
    const { sub, exp } = JSON.parse(new TextDecoder().decode(bytes)) as {
      readonly sub: unknown;
      readonly exp?: unknown;
    };
    return { subject: String(sub), expires: typeof exp === 'number' ? exp * 1000 : undefined };
  } catch {
    return { subject: (payload === undefined ? name : (token as string)).split('#')[0] as string };
  }
}

export interface Tokens {
  /** The token to use now. Rejects when the source fails. */
  get(): Promise<string | undefined>;
  /** A newer one, told by the application. */
  put(token: string): void;
  /** Whether asking again can bring another one. */
  readonly renewable: boolean;
}

export function createTokens(source: TokenSource | undefined): Tokens {
  let given: string | undefined;
  let isNews = false;
  /** What the source said last, and what it had said when the application told one. */
  let last: string | undefined;
  let before: string | undefined;
  return {
    renewable: typeof source === 'function',
    async get() {
      if (typeof source !== 'function') return given ?? source;
      // What the application has told us is newer than what its source has in store, and better than nothing.
      if (isNews) {
        isNews = false;
        return given;
      }
      try {
        const answer = await source();
        last = answer;
        return given !== undefined && answer === before ? given : answer;
      } catch (error) {
        if (given === undefined) throw error;
        return given;
      }
    },
    put(token) {
      given = token;
      isNews = true;
      before = last;
    },
  };
}
