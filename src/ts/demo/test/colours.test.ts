import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync('src/css/base.css', 'utf8');
const [light = '', dark = ''] = [...css.matchAll(/:root \{(.*?)\}/gs)].map(([, body]) => body as string);

/** The colour of that name, as red, green and blue from 0 to 1. */
function colour(scheme: string, name: string): readonly number[] {
  const [, hex = ''] = new RegExp(`--${name}: #([0-9a-f]{6});`).exec(scheme) ?? [];
  return [0, 2, 4].map(at => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
}

/** As WCAG 2 defines it. */
function luminance(rgb: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = rgb.map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(scheme: string, one: string, other: string): number {
  const [a, b] = [one, other].map(name => luminance(colour(scheme, name)) + 0.05) as [number, number];
  return Math.max(a, b) / Math.min(a, b);
}

describe.each([
  ['light', light],
  ['dark', dark],
])('in the %s', (_, scheme) => {
  it.each(['ink', 'ink-2', 'pencil'].flatMap(text => ['paper', 'wash'].map(on => [text, on] as const)))(
    'text in %s on %s can be read',
    (text, on) => {
      expect(contrast(scheme, text, on)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it('what is to be pressed can be seen', () => {
    expect(contrast(scheme, 'rule-strong', 'paper')).toBeGreaterThanOrEqual(3);
  });
});
