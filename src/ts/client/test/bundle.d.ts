declare module 'bundle-of:src/connect.ts' {
  export const connectIn: typeof import('../src/connect.js').connectIn;
}
declare module 'bundle-of:src/index.ts';
declare module 'jsdom' {
  export const JSDOM: new (html: string, options: { readonly url: string }) => { readonly window: object };
}
