export { type ConnectionState, useConnection, usePending } from './connection.js';
export { type EntityState, useEntity, useUpdate } from './entity.js';
export { type LocalState, useLocal } from './local.js';
export { usePresence } from './presence.js';
export { HoldfastProvider, type HoldfastProviderProps, useHoldfast } from './provider.js';
export { type UndoState, useUndo } from './undo.js';
