/** The addresses of a server: of its socket, and of everything else. `http` and `ws` mean the same, and no path means the usual one. */
export function addressesOf(url: string): { readonly socket: string; readonly origin: string } {
  const given = new URL(url, globalThis.location?.href);
  const secure = given.protocol === 'https:' || given.protocol === 'wss:';
  const path = given.pathname === '/' ? '/v1/socket' : given.pathname;
  return {
    socket: `${secure ? 'wss' : 'ws'}://${given.host}${path}${given.search}`,
    origin: `${secure ? 'https' : 'http'}://${given.host}`,
  };
}
