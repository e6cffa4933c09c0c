export { type Client, type ConnectOptions, connect, connectIn, type Entity } from './client.js';
export type { ConnectionStatus, TokenSource } from './connection.js';
export type { Change, ClientFrame, ErrorCode, ServerFrame, Welcome } from './frames.js';
export { equal, isArray, isObject, type Json, type JsonObject } from './json.js';
export { applyPatch, type Op } from './patch.js';
export { PatchError, type PatchErrorCode } from './patch-error.js';
export { escapeToken, valueAt } from './pointer.js';
export type { EntityStatus, Problem, Receipt, View } from './reducer.js';
export { platform, type Socket, type Surroundings } from './surroundings.js';
