import type { ErrorCode } from './frames.js';

/** Codes of the protocol; `storage`: this device cannot keep it; `closed`: the client was closed first. */
export type HoldfastErrorCode = ErrorCode | 'storage' | 'closed';

/**
 * Why a patch does not apply, a command was refused or could not be kept. `detail`: for people, what was wrong and what was
 * expected; `pointer`: where in the document, if it is one place; `version`: the one the command was judged at, 0 if it was not.
 */
export class HoldfastError extends Error {
  declare readonly code: HoldfastErrorCode;
  declare readonly detail: string;
  declare readonly pointer: string | undefined;
  declare readonly version: number | undefined;

  constructor(code: HoldfastErrorCode, detail: string, pointer?: string, version?: number) {
    super(`${code}: ${detail}`);
    Object.assign(this, { name: 'HoldfastError', code, detail, pointer, version });
  }
}
