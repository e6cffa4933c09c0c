const KEPT = 40;

/** The last measurements of one kind, in milliseconds. */
export interface Series {
  add(ms: number): void;
  last(): number | undefined;
  median(): number | undefined;
  all(): readonly number[];
}

export function createSeries(): Series {
  const values: number[] = [];
  return {
    add(ms) {
      values.push(ms);
      if (values.length > KEPT) values.shift();
    },
    last: () => values.at(-1),
    median: () => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)],
    all: () => values,
  };
}

/** Pairs the sending of a command with the moment the other pane shows the version it became; either may come first. */
export interface Crossing {
  sent(version: number, at: number): void;
  shown(version: number, at: number): void;
}

export function createCrossing(measured: (ms: number) => void): Crossing {
  const sent = new Map<number, number>();
  const shown = new Map<number, number>();

  function meet(version: number): void {
    const [from, to] = [sent.get(version), shown.get(version)];
    if (from === undefined || to === undefined) return;
    sent.delete(version);
    shown.delete(version);
    measured(to - from);
  }

  function note(times: Map<number, number>, version: number, at: number): void {
    times.set(version, at);
    for (const old of [...times.keys()].slice(0, -KEPT)) times.delete(old);
    meet(version);
  }

  return { sent: (version, at) => note(sent, version, at), shown: (version, at) => note(shown, version, at) };
}

export function milliseconds(ms: number | undefined): string {
  if (ms === undefined) return '–';
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  return `${ms.toFixed(ms < 100 ? 1 : 0)} ms`;
}
