const WIDTH = 100;
const HEIGHT = 20;

/** A small line of measurements, scaled to the largest; decoration, the numbers stand beside it. */
export function createSparkline(): { readonly root: SVGElement; draw(values: readonly number[]): void } {
  const space = 'http://www.w3.org/2000/svg';
  const root = document.createElementNS(space, 'svg');
  root.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
  root.setAttribute('preserveAspectRatio', 'none');
  root.setAttribute('aria-hidden', 'true');
  root.classList.add('spark');
  const line = document.createElementNS(space, 'polyline');
  root.append(line);
  return {
    root,
    draw(values) {
      const top = Math.max(...values, 1);
      const step = WIDTH / Math.max(values.length - 1, 1);
      const points = values.map(
        (ms, i) => `${(i * step).toFixed(1)},${(HEIGHT - 2 - (ms / top) * (HEIGHT - 4)).toFixed(1)}`,
      );
      line.setAttribute('points', values.length > 1 ? points.join(' ') : '');
    },
  };
}
