import type { Holdfast } from '@holdfast/client';
import { useLocal } from '@holdfast/react';
import { NOBODY, type Person } from './person';

/** Gives a client's user a name and a colour, until they choose others. They are kept on this device only. */
export function introduce(client: Holdfast, initial: Person): void {
  client.local<Person>('me', { persist: true, initial });
}

/** Who this pane's user is, and how to become somebody else. */
export function useMe(): { readonly me: Person; readonly become: (part: Partial<Person>) => void } {
  const { value, update } = useLocal<Person>('me');
  return { me: value ?? NOBODY, become: part => void update(me => ({ ...me, ...part })) };
}
