/** What the map has under that key; made now if there is nothing yet. */
export function obtain<K, V>(map: Map<K, V>, key: K, make: (key: K) => V): V {
  const value = map.get(key) ?? make(key);
  map.set(key, value);
  return value;
}
