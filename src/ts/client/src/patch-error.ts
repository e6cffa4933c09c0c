export type PatchErrorCode = 'bad-patch' | 'no-such-path' | 'test-failed' | 'invalid';

/** Why a patch does not apply to a document; the document is as it was. */
export class PatchError extends Error {
  constructor(
    readonly code: PatchErrorCode,
    detail: string,
    readonly pointer: string,
  ) {
    super(detail);
    this.name = 'PatchError';
  }
}
