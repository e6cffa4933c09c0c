import type { ErrorCode } from './frames.js';

/** Codes of the protocol; `storage`: this device cannot keep it; `closed`: the client was closed first. */
export type HoldfastErrorCode = ErrorCode | 'storage' | 'closed';

/** Why a command was refused or could not be kept. */
export class HoldfastError extends Error {
  constructor(
    readonly code: HoldfastErrorCode,
    readonly detail: string,
    readonly pointer?: string | undefined,
    readonly version?: number | undefined,
  ) {
    super(`${code}: ${detail}`);
    this.name = 'HoldfastError';
  }
}
