/** Chance from a seed: the same seed gives the same choices. */
export function randomFrom(seed) {
  let state = seed >>> 0;
  // mulberry32, public domain (Tommy Ettinger).
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = limit => Math.floor(next() * limit);
  return { next, below, between: (low, high) => low + below(high - low + 1), pick: list => list[below(list.length)] };
}
