import type { Holdfast } from '@holdfast/client';
import { createContext, createElement, type ReactElement, type ReactNode, useContext } from 'react';

export interface HoldfastProviderProps {
  readonly client: Holdfast;
  readonly children?: ReactNode;
}

const Context = createContext<Holdfast | undefined>(undefined);

/** Gives the components below it their client. */
export function HoldfastProvider({ client, children }: HoldfastProviderProps): ReactElement {
  return createElement(Context.Provider, { value: client }, children);
}

/** The client of the nearest provider. */
export function useHoldfast(): Holdfast {
  const client = useContext(Context);
  if (client === undefined) throw new Error('HoldfastProvider: none (expected: one above this component)');
  return client;
}
