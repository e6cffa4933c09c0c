import type { Surroundings } from './surroundings.js';
import type { Tokens } from './tokens.js';

const OFFER_AGAIN_MS = 30_000;

/** Whoever signed in here has a token the leader may not have. Now and then, for it asks its own source as well. */
export function createOffer(outside: Surroundings, tokens: Tokens, give: (token: string) => void): () => Promise<void> {
  let offeredAt = Number.NEGATIVE_INFINITY;
  return async () => {
    // A clock that was set back makes nobody wait.
    if (Math.abs(outside.now() - offeredAt) < OFFER_AGAIN_MS) return;
    offeredAt = outside.now();
    const token = await tokens.get().catch(() => undefined);
    if (token !== undefined) give(token);
  };
}
