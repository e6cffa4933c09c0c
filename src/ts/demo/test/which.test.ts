import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

it.each([
  ['', '/?as=Cleo'],
  ['?board=tour', '/?board=tour&as=Cleo'],
  ['?as=Dov&board=a%26b', '/?as=Cleo&board=a%26b'],
])('a guest comes to the same board: %s', async (search, expected) => {
  vi.stubGlobal('location', { search });
  const { asGuest } = await import('../src/which');

  expect(asGuest('Cleo')).toBe(expected);
});
