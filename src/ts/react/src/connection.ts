import type { ConnectionInfo, PendingCommand } from '@holdfast/client';
import { useCallback, useMemo } from 'react';
import { useHoldfast } from './provider.js';
import { useReading } from './reading.js';

export type ConnectionState = ConnectionInfo;

const UNCONNECTED: ConnectionInfo = { status: 'connecting', detail: '', leader: false, paused: false };
const NONE: readonly PendingCommand[] = [];
const asItIs = <R>(state: R): R => state;
const newest = <R>(_shown: R, next: R): R => next;

/** How the client is connected. */
export function useConnection(): ConnectionState {
  const { connection } = useHoldfast();
  const source = useMemo(
    () => ({ get: () => connection.get(), subscribe: (changed: () => void) => connection.subscribe(changed) }),
    [connection],
  );
  return useReading(source, asItIs, newest, UNCONNECTED);
}

/** The commands without a receipt, of one entity or of all. */
export function usePending(name?: string): readonly PendingCommand[] {
  const client = useHoldfast();
  const source = useMemo(
    () => ({ get: () => client.pending(), subscribe: (changed: () => void) => client.subscribePending(changed) }),
    [client],
  );
  const derive = useCallback(
    (all: readonly PendingCommand[]) => (name === undefined ? all : all.filter(({ entity }) => entity === name)),
    [name],
  );
  return useReading(source, derive, sameCommands, NONE);
}

/** A client may list its commands anew with every change of one of them. */
function sameCommands(shown: readonly PendingCommand[], next: readonly PendingCommand[]): readonly PendingCommand[] {
  const same = ({ id, state, seq, ops }: PendingCommand, i: number) =>
    id === next[i]?.id && state === next[i].state && seq === next[i].seq && ops === next[i].ops;
  return shown.length === next.length && shown.every(same) ? shown : next;
}
