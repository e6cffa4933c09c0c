/** Tells every listener; one that throws does not keep it from the others, and is reported as any uncaught error. */
export function tellAll<V>(listeners: Iterable<(value: V) => void>, value: V): void {
  for (const listener of [...listeners]) {
    try {
      listener(value);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}

/** Adds a listener of its own, however often the same function is given; returns how to remove it. */
export function listen<V>(listeners: Set<(value: V) => void>, listener: (value: V) => void): () => void {
  const own = (value: V) => listener(value);
  listeners.add(own);
  return () => void listeners.delete(own);
}
