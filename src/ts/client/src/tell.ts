/** Whether the two have the same members, by `===`. */
export function isSame<T extends object>(a: T, b: T): boolean {
  const names = Object.keys({ ...a, ...b }) as unknown as readonly (keyof T)[];
  return names.every(name => a[name] === b[name]);
}

/**
 * Tells every listener that is there, as long as it is `still` true; one that throws does not keep it from the others, and is
 * reported as any uncaught error.
 */
export function tellAll<V>(listeners: ReadonlySet<(value: V) => void>, value: V, still = () => true): void {
  for (const listener of [...listeners]) {
    if (!listeners.has(listener) || !still()) continue;
    try {
      listener(value);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}

/** Adds a listener of its own, however often the same function is given; returns how to remove it, and to `leave`. */
export function listen<V>(
  listeners: Set<(value: V) => void>,
  listener: (value: V) => void,
  leave?: () => void,
): () => void {
  const own = (value: V) => listener(value);
  listeners.add(own);
  return () => {
    listeners.delete(own);
    leave?.();
  };
}
