import { useConnection, useEntity, usePending } from '@holdfast/react';
import { useSyncExternalStore } from 'react';
import type { Board } from './board';
import { useEditing } from './editing';
import { type Journey, milliseconds } from './receipts';
import { BOARD } from './which';

/** The way of the last change: on screen, on this device, on the server's disk. */
export function Strip() {
  const { receipts } = useEditing();
  const { last, typical } = useSyncExternalStore(receipts.subscribe, receipts.get);
  const waiting = usePending(BOARD).length;
  const { version } = useEntity<Board>(BOARD);
  const { status } = useConnection();
  const held = waiting > 0 && status !== 'online';
  return (
    <div className="strip" data-reached={stationOf(last)}>
      <p className="what">
        <span>{last?.what ?? 'The way of your next change'}</span>
        <span className="typical">
          {held ? `${waiting} waiting` : typical !== undefined && `usually ${milliseconds(typical)}`}
        </span>
      </p>
      <ol className="way">
        <li data-station="shown">
          on screen <b>{time(last?.shown)}</b>
        </li>
        <li data-station="durable">
          on this device <b>{time(last?.durable)}</b>
        </li>
        <li data-station="accepted">
          {last?.refused === undefined ? 'on the server’s disk' : 'refused'}{' '}
          <b>{last?.refused ?? `${time(last?.accepted)} · v${version}`}</b>
        </li>
      </ol>
    </div>
  );
}

function time(ms: number | undefined): string {
  return ms === undefined ? '–' : milliseconds(ms);
}

function stationOf(journey: Journey | undefined): string {
  if (journey === undefined) return 'none';
  if (journey.refused !== undefined) return 'refused';
  if (journey.accepted !== undefined) return 'accepted';
  return journey.durable === undefined ? 'shown' : 'durable';
}
