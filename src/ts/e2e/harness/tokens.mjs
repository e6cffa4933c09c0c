import { createHmac } from 'node:crypto';

export const SECRET = 'a-secret-of-these-tests-with-well-over-256-bits';

/** A signed token (RFC 7519, HS256) for a node that knows the secret. */
export function token(subject, { seconds = 3600, roles = [] } = {}) {
  const now = Math.floor(Date.now() / 1000);
  const claims = { sub: subject, roles, iat: now, exp: now + seconds };
  const signed = [{ alg: 'HS256', typ: 'JWT' }, claims].map(encoded).join('.');
  return `${signed}.${createHmac('sha256', SECRET).update(signed).digest('base64url')}`;
}

function encoded(value) {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
