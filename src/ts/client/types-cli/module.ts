import type { Json } from '../src/json.js';
import { docOf, kindTypes, type NamedType } from './kind-types.js';
import { createNames } from './names.js';
import { own } from './references.js';
import { print, printDoc, propertyName } from './type.js';

/** A kind of entities as `GET /v1/kinds/{kind}` tells it, as far as types go. */
export interface KindDefinition {
  readonly kind: string;
  readonly description?: string;
  readonly schema?: Json;
}

/** The text of a TypeScript module: one type per kind, and `Kinds`, which has them all by the kind's name. */
export function moduleOf(kinds: readonly KindDefinition[], source: string): string {
  const sorted = [...kinds].sort((a, b) => (a.kind < b.kind ? -1 : 1));
  const names = createNames(['Json', 'Kinds']);
  // Kinds take their names before any part of one can.
  const named = sorted.map(kind => ({ ...kind, name: names.take(kind.kind) }));
  const types = named.flatMap(({ name, description, schema = true }) => {
    return kindTypes(name, description === undefined ? docOf(schema) : [description], schema, names);
  });
  const members = named.map(({ kind, name, description }) => {
    return `${printDoc(description === undefined ? [] : [description], '  ')}  readonly ${propertyName(kind)}: ${name};\n`;
  });
  const example = (sorted.find(({ kind }) => kind === 'room') ?? sorted[0])?.kind ?? 'room';
  return [
    `// Made by holdfast-types from ${source}: the kinds of that server. Changes belong there.\n`,
    '/** Any JSON value. */\nexport type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };\n',
    ...types.map(declaration),
    `/** Every kind's type by the kind's name: \`entity<Kinds['${example}']>(…)\`. */\nexport type Kinds = {\n${members.join('')}};\n`,
  ].join('\n');
}

function declaration({ name, doc, type }: NamedType): string {
  return `${printDoc(doc, '')}export type ${name} = ${print(type, '')};\n`;
}

/** The definition in an answer of the server; undefined if it is none. */
export function definitionIn(answer: Json): KindDefinition | undefined {
  const [kind, description, schema] = ['kind', 'description', 'schema'].map(key => own(answer, key));
  if (typeof kind !== 'string') return undefined;
  return {
    kind,
    ...(typeof description === 'string' ? { description } : {}),
    ...(schema === undefined ? {} : { schema }),
  };
}
