/** A TypeScript type, as far as JSON needs them. `atom` is a name or a literal, ready to print. */
export type Type =
  | { readonly is: 'atom'; readonly text: string }
  | { readonly is: 'union' | 'intersection'; readonly of: readonly Type[] }
  | { readonly is: 'array'; readonly of: Type }
  | { readonly is: 'tuple'; readonly of: readonly Type[]; readonly rest?: Type }
  | { readonly is: 'object'; readonly members: readonly Member[] }
  | { readonly is: 'map'; readonly of: Type };

export interface Member {
  readonly name: string;
  readonly type: Type;
  readonly required: boolean;
  readonly doc: readonly string[];
}

/** Any JSON value. */
export const ANY = atom('Json');
/** No value at all. */
export const NEVER = atom('never');

const LINE = 120;

export function atom(text: string): Type {
  return { is: 'atom', text };
}

/** One of them. */
export function union(types: readonly Type[]): Type {
  const of = distinct(types.flatMap(type => (type.is === 'union' ? type.of : [type]))).filter(type => type !== NEVER);
  if (of.includes(ANY)) return ANY;
  return of.length === 1 ? (of[0] as Type) : of.length === 0 ? NEVER : { is: 'union', of };
}

/** All of them at once. */
export function intersection(types: readonly Type[]): Type {
  const flat = types.flatMap(type => (type.is === 'intersection' ? type.of : [type]));
  const of = distinct(flat).filter(type => type !== ANY);
  if (of.includes(NEVER)) return NEVER;
  return of.length === 1 ? (of[0] as Type) : of.length === 0 ? ANY : { is: 'intersection', of };
}

function distinct(types: readonly Type[]): readonly Type[] {
  return [...new Map(types.map(type => [print(type, ''), type] as const)).values()];
}

/** The type's text; `indent` is that of the line it starts in. */
export function print(type: Type, indent: string): string {
  switch (type.is) {
    case 'atom':
      return type.text;
    case 'union':
      return printJoined(type.of, '|', indent);
    case 'intersection':
      return printJoined(type.of, '&', indent);
    case 'array':
      return `readonly ${printElement(type.of, indent)}[]`;
    case 'tuple':
      return `readonly [${[...type.of.map(one => print(one, indent)), ...restOf(type.rest, indent)].join(', ')}]`;
    case 'object':
      return printObject(type.members, indent);
    case 'map':
      return `{ readonly [member: string]: ${print(type.of, indent)} }`;
  }
}

function printElement(type: Type, indent: string): string {
  const text = print(type, indent);
  return type.is === 'atom' || type.is === 'object' || type.is === 'map' ? text : `(${text})`;
}

function restOf(rest: Type | undefined, indent: string): readonly string[] {
  return rest === undefined ? [] : [`...${printElement(rest, indent)}[]`];
}

function printJoined(types: readonly Type[], operator: '|' | '&', indent: string): string {
  const inner = types.some(one => one.is === 'object') ? indent : `${indent}  `;
  const texts = types.map(one => {
    const text = print(one, inner);
    return one.is === 'union' || one.is === 'intersection' ? `(${text})` : text;
  });
  const oneLine = texts.join(` ${operator} `);
  if (inner === indent || indent.length + oneLine.length <= LINE) return oneLine;
  return texts.map(text => `\n${inner}${operator} ${text}`).join('');
}

function printObject(members: readonly Member[], indent: string): string {
  if (members.length === 0) return '{ readonly [member: string]: never }';
  const inner = `${indent}  `;
  const lines = members.map(({ name, type, required, doc }) => {
    const key = `readonly ${propertyName(name)}${required ? '' : '?'}`;
    return `${printDoc(doc, inner)}${inner}${key}: ${print(type, inner)};\n`;
  });
  return `{\n${lines.join('')}${indent}}`;
}

/** A member's name as it is written in a type. */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : stringLiteral(name);
}

export function stringLiteral(text: string): string {
  const inner = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'")
    .replace(/[\u2028\u2029]/g, ch => `\\u${ch.charCodeAt(0).toString(16)}`);
  return `'${inner}'`;
}

/** A JSDoc comment on lines of its own; nothing without text. */
export function printDoc(paragraphs: readonly string[], indent: string): string {
  const lines = paragraphs.flatMap(text =>
    text
      .replaceAll('*/', '*\\/')
      .split(/\r\n|[\n\r\u2028\u2029]/)
      .map(line => line.trim()),
  );
  if (lines.length === 0) return '';
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map(line => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`;
}
