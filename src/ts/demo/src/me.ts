import type { Holdfast } from '@holdfast/client';
import { useLocal } from '@holdfast/react';
import { PEOPLE, type Person } from './person';

const [FIRST, SECOND] = PEOPLE as readonly [Person, Person];

/** Gives a client's user a name and a colour, until they choose others. They are kept on this device only. */
export function introduce(client: Holdfast, name: string | undefined, besides?: Holdfast): void {
  const initial = besides === undefined ? named(name) : SECOND;
  client.local<Person>('me', { persist: true, initial });
}

function named(name: string | undefined): Person {
  if (name === undefined) return FIRST;
  const known = PEOPLE.find(person => person.name.toLowerCase() === name.toLowerCase());
  return known ?? { name, colour: 'violet' };
}

/** Who this pane's user is, and how to become somebody else. */
export function useMe(): { readonly me: Person; readonly become: (part: Partial<Person>) => void } {
  const { value, update } = useLocal<Person>('me');
  return { me: value ?? FIRST, become: part => void update(me => ({ ...me, ...part })) };
}
