/**
 * The browser client. Its rooms, from the application inwards:
 * - what applications see: `api`, `errors`; where everything comes together: `connect`;
 * - from what somebody does to ops: `editable`, `draft`, `diff`, `array-diff`, `as-they-stand`, `rewording`, `kinds`;
 * - ops on documents: `patch`, `pointer`, `keyed`, `own`, `reconcile`;
 * - what a page shows: `reducer`, which is pure, and `pending`; `replicas`, `page`, `seats`, `presence`, `changes`;
 * - all tabs as one client: `relay`, `way`, `messages`, `speech`, `intake`, `guests`, `watchers`, `voices`, `tabs`, `vigil`, `leadership`, `audit`, `offer`;
 * - the tab that leads and the server: `host`, `session`, `errand`, `mail`, `departure`, `trial`, `connection`, `wire`, `heartbeat`, `frames`, `tokens`, `renewal`,
 *   `status`;
 * - this device: `storage`, `database`, `stored-outbox`, `outbox`, `cache`, `unkept`, `local`.
 */

export type * from './api.js';
export { connect } from './connect.js';
export { HoldfastError, type HoldfastErrorCode } from './errors.js';
export type { ClientFrame, ErrorCode, ServerFrame, Welcome } from './frames.js';
export { isArray, isObject, type Json, type JsonObject } from './json.js';
export { applyPatch, inc, type Op } from './patch.js';
export { escapeToken, valueAt } from './pointer.js';
export { equal } from './reconcile.js';
