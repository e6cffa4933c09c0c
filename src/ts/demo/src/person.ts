import type { Present } from '@holdfast/client';

export const COLOURS = ['teal', 'rust', 'violet', 'moss', 'plum', 'sky'] as const;
export type Colour = (typeof COLOURS)[number];

export type Person = {
  readonly name: string;
  readonly colour: Colour;
};

/** Where somebody is: in a to-do's text or the title (`at`), with the caret there. */
export type Presence = Person & {
  readonly at?: string;
  readonly caret?: number;
};

/** Somebody else at the board. */
export type Visitor = Presence & { readonly session: string };

export const TITLE = 'title';

export const PEOPLE: readonly Person[] = [
  { name: 'Ada', colour: 'teal' },
  { name: 'Bo', colour: 'rust' },
  { name: 'Cleo', colour: 'violet' },
  { name: 'Dov', colour: 'moss' },
  { name: 'Eve', colour: 'plum' },
  { name: 'Finn', colour: 'sky' },
];

/** In characters, as people count them. */
export const LONGEST_NAME = 24;

export const NOBODY: Person = { name: '', colour: 'sky' };

/** One of the usual people, or somebody new, whose name decides the colour. A name that is too long is cut. */
export function personNamed(wanted: string): Person {
  const letters = [...wanted].slice(0, LONGEST_NAME);
  const name = letters.join('');
  const known = PEOPLE.find(person => person.name.toLowerCase() === name.toLowerCase());
  const sum = letters.reduce((before, letter) => before + (letter.codePointAt(0) ?? 0), 0);
  return known ?? { name, colour: COLOURS[sum % COLOURS.length] as Colour };
}

/** Those of whom there is something to show: what others tell of themselves can be anything. */
export function visitorsOf(others: readonly Present<unknown>[]): readonly Visitor[] {
  return others.flatMap(({ session, data }) => {
    const { name, colour, at, caret } = (data ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof name !== 'string' || !COLOURS.includes(colour as Colour)) return [];
    const person = { session, name, colour: colour as Colour };
    return [typeof at === 'string' && typeof caret === 'number' ? { ...person, at, caret } : person];
  });
}

/** Up to two letters for an avatar. */
export function initials(name: string): string {
  const [first = '?', ...more] = name
    .trim()
    .split(/\s+/)
    .filter(Boolean)
    .map(word => [...word][0] ?? '');
  return (first + (more.at(-1) ?? '')).toUpperCase();
}

export function nextColour(colour: Colour): Colour {
  return COLOURS[(COLOURS.indexOf(colour) + 1) % COLOURS.length] as Colour;
}
