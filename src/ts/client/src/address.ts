/** The addresses of a server: of its socket, and of everything else. `http` and `ws` mean the same, and no path means the usual one. */
export function addressesOf(url: string): { readonly socket: string; readonly origin: string } {
  const at = new URL(url.replace(/^ws/, 'http'), globalThis.location?.href);
  if (at.protocol !== 'http:' && at.protocol !== 'https:')
    throw new TypeError(`url: ${url} (expected: http://, https://, ws:// or wss://)`);
  if (at.pathname === '/') at.pathname = '/v1/socket';
  return { socket: at.href.replace(/^http/, 'ws'), origin: at.origin };
}
