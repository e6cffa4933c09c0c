export type * from './api.js';
export { connect } from './connect.js';
export { HoldfastError, type HoldfastErrorCode } from './errors.js';
export type { ClientFrame, ErrorCode, ServerFrame, Welcome } from './frames.js';
export { isArray, isObject, type Json, type JsonObject } from './json.js';
export { applyPatch, inc, type Op } from './patch.js';
export { escapeToken, valueAt } from './pointer.js';
export { equal } from './reconcile.js';
