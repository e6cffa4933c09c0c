/** Hands out names of types, each once. */
export interface Names {
  take(...parts: readonly string[]): string;
}

export function createNames(taken: readonly string[]): Names {
  const used = new Set(taken);
  return {
    take(...parts) {
      const joined = parts.map(pascalCase).join('');
      // `3d` begins as no identifier may.
      const wanted = /^[\p{ID_Start}$_]/u.test(joined) ? joined : `Type${joined}`;
      let name = wanted;
      for (let n = 2; used.has(name); n++) name = `${wanted}${n}`;
      used.add(name);
      return name;
    },
  };
}

/** `user-settings` is `UserSettings`; what no identifier can hold is left out. */
function pascalCase(text: string): string {
  return text
    .split(/[^\p{ID_Continue}$]+/u)
    .map(word => word.replace(/^./u, first => first.toUpperCase()))
    .join('');
}
