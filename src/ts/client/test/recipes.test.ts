import assert from 'node:assert/strict';
import { describe, it } from 'vitest';
import type { Entity } from '../src/api.js';
import { setUp } from './setup.js';

type Id = string & { readonly brand: 'id' };
interface Room {
  readonly topic: string;
  readonly open?: boolean;
  readonly list: readonly number[];
  readonly size: readonly [width: number, height: number];
  readonly owner: Id;
}

const turned = ([width, height]: [number, number]): [number, number] => [height, width];
const INITIAL: Room = { topic: 'old', list: [1, 2], size: [3, 4], owner: 'ada' as Id };

/** What compiles here is what applications may write; `tsc` checks the refusals. */
describe('a recipe', () => {
  function room(): Entity<Room> {
    const room = setUp().client.entity<Room>('room/lobby');
    room.set(INITIAL);
    return room;
  }

  it('changes its draft in place, whatever its arrows return', () => {
    const lobby = room();

    lobby.update(d => d.list.push(3));
    lobby.update(d => d.list.splice(0, 1));
    lobby.update(d => d.open !== true && d.list.sort((a, b) => b - a));
    lobby.update(d => (d.topic = 'new'));
    lobby.update(d => Object.assign(d, { open: true }));
    lobby.update(d => {
      d.size = turned(d.size);
      const owner: string = d.owner;
      d.topic += ` of ${owner}`;
    });
    lobby.update(d => delete d.open);

    assert.deepEqual(lobby.get().value, { topic: 'new of ada', list: [3, 2], size: [4, 3], owner: 'ada' });
  });

  it('may return a whole new value', () => {
    const lobby = room();

    lobby.update(d => ({ ...d, topic: 'new' }));

    assert.deepEqual(lobby.get().value, { ...INITIAL, topic: 'new' });
  });

  it('that returns or puts in what is no such document does not compile', () => {
    const lobby = room();

    const wrong = (): void => {
      // @ts-expect-error: members are missing, and one is misspelt.
      lobby.update(() => ({ tpoic: 'new' }));
      // @ts-expect-error: a number for a text.
      lobby.update(d => ({ ...d, topic: 7 }));
      // @ts-expect-error: it must be done when it returns.
      lobby.update(async d => void d.list.push(3));
      lobby.update(d => {
        // @ts-expect-error: three of two.
        d.size = [1, 2, 3];
      });
      // @ts-expect-error: a text among numbers.
      lobby.update(d => d.list.push('3'));
    };

    assert.equal(typeof wrong, 'function');
  });
});
