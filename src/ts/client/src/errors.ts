import type { ErrorCode } from './frames.js';

/** Codes of the protocol; `storage`: this device cannot keep it; `closed`: the client was closed first. */
export type HoldfastErrorCode = ErrorCode | 'storage' | 'closed';

/** Why a patch does not apply, a command was refused or could not be kept. */
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
