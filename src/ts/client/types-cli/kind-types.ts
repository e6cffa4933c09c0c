import { isArray, isObject, type Json, type JsonObject } from '../src/json.js';
import type { Names } from './names.js';
import { own, referencesOf } from './references.js';
import { ANY, atom, intersection, type Member, NEVER, stringLiteral, type Type, union } from './type.js';

/** One exported type. */
export interface NamedType {
  readonly name: string;
  readonly doc: readonly string[];
  readonly type: Type;
}

const TYPES = ['boolean', 'number', 'string', 'array', 'object', 'null'] as const;
const OBJECT_KEYWORDS = ['properties', 'required', 'patternProperties', 'additionalProperties', 'propertyNames'];
const ARRAY_KEYWORDS = ['items', 'prefixItems', 'contains'];
const LONGEST_TUPLE = 16;

/**
 * The types of one kind's schema (JSON Schema 2020-12), the kind's own first, then one for each place that `$ref` leads to.
 * Every document the schema allows has the type; of what the schema forbids, the type forbids what TypeScript can say.
 */
export function kindTypes(name: string, doc: readonly string[], schema: Json, names: Names): readonly NamedType[] {
  const references = referencesOf(schema);
  const named = new Map<Json, string>([[schema, name]]);
  const done: NamedType[] = [{ name, doc, type: typeOf(schema) }];
  // Writing one type may name more; the map hands them out as they come.
  for (const [target, own] of named) {
    if (target !== schema) done.push({ name: own, doc: docOf(target), type: typeOf(target) });
  }
  return done;

  /** The type of a place that may name itself only inside an object or array. */
  function typeOf(schema: Json): Type {
    if (schema === false) return NEVER;
    if (!isObject(schema)) return ANY;
    const parts = [
      ...referencesIn(schema).map(reference => referred(schema, reference)),
      ...listOf(schema, 'allOf').map(typeOf),
      ...['anyOf', 'oneOf']
        .filter(keyword => isArray(own(schema, keyword)))
        .map(of => union(listOf(schema, of).map(typeOf))),
    ];
    const plain = ownType(schema);
    return intersection(isOpenObject(plain) && alternativesAreObjects(schema) ? parts : [plain, ...parts]);
  }

  function referred(schema: JsonObject, reference: string): Type {
    const target = references.resolve(schema, reference);
    if (!isObject(target)) return target === false ? NEVER : ANY;
    if (leadsTo(target, target)) return ANY;
    const known = named.get(target) ?? names.take(name, reference.split(/[#/]/).at(-1) || 'Part');
    named.set(target, known);
    return atom(known);
  }

  /** Whether one arrives at the other without going inside an object or array: such a type would be defined by itself. */
  function leadsTo(from: JsonObject, to: JsonObject, seen = new Set<Json>()): boolean {
    return directly(from).some(next => {
      if (next === to) return true;
      if (!isObject(next) || seen.has(next)) return false;
      seen.add(next);
      return leadsTo(next, to, seen);
    });
  }

  function directly(schema: JsonObject): readonly (Json | undefined)[] {
    const nested = ['allOf', 'anyOf', 'oneOf'].flatMap(keyword => listOf(schema, keyword));
    return [...nested, ...referencesIn(schema).map(reference => references.resolve(schema, reference))];
  }

  function alternativesAreObjects(schema: JsonObject): boolean {
    const others = directly(schema);
    return others.length > 0 && others.every(other => isObject(other) && describesObject(other));
  }

  /** What `type`, `enum`, `const` and the keywords of objects and arrays say. */
  function ownType(schema: JsonObject): Type {
    const allowed = allowedTypes(schema);
    const values = own(schema, 'const') === undefined ? own(schema, 'enum') : [own(schema, 'const') as Json];
    if (isArray(values)) return union(values.filter(value => allowed?.includes(typeName(value)) ?? true).map(literal));
    if (allowed === undefined) return ANY;
    return union(
      allowed.map(type => (type === 'object' ? objectType(schema) : type === 'array' ? arrayType(schema) : atom(type))),
    );
  }

  function objectType(schema: JsonObject): Type {
    const named = membersOf(schema);
    const patterns = Object.values(objectOf(schema, 'patternProperties')).map(typeOf);
    const additional = additionalIn(schema);
    // Strictly, a schema that is silent lets any member pass; what its author named is what the type tells.
    const silent = additional === undefined && named.length + patterns.length > 0;
    const members = silent ? [...named, ...conditional(schema, named)] : named;
    const others = silent || additional === false ? patterns : [typeOf(additional ?? true), ...patterns];
    if (others.length === 0) return { is: 'object', members };
    // The index signature must admit the named members too.
    const rest: Type = { is: 'map', of: union([...others, ...members.map(({ type }) => type)]) };
    return members.length === 0 ? rest : { is: 'intersection', of: [{ is: 'object', members }, rest] };
  }

  function membersOf(schema: JsonObject): readonly Member[] {
    const required = listOf(schema, 'required').filter(member => typeof member === 'string');
    const properties = Object.entries(objectOf(schema, 'properties'));
    const unnamed = required.filter(member => !properties.some(([known]) => known === member));
    return [
      ...properties.map(([name, of]) => ({
        name,
        type: typeOf(of),
        required: required.includes(name),
        doc: docOf(of),
      })),
      ...unnamed.map(name => ({ name, type: ANY, required: true, doc: [] })),
    ];
  }

  /** What members without a name of their own must be; undefined if the schema is silent about them. */
  function additionalIn(schema: JsonObject): Json | undefined {
    const additional = own(schema, 'additionalProperties');
    const unevaluated = own(schema, 'unevaluatedProperties');
    if (additional !== undefined || !isEvaluatedElsewhere(schema)) return additional ?? unevaluated;
    // Others may have named them.
    return unevaluated === undefined || unevaluated === false ? undefined : true;
  }

  function isEvaluatedElsewhere(schema: JsonObject): boolean {
    return directly(schema).length + underConditions(schema).length > 0;
  }

  /** Members that are named under a condition only, here or in one of `allOf`, where conditions like to stand. */
  function conditional(schema: JsonObject, named: readonly Member[]): readonly Member[] {
    const all = [schema, ...listOf(schema, 'allOf').filter(isObject)];
    const found = namedIn(all.flatMap(underConditions)).filter(([name]) => named.every(member => member.name !== name));
    return [...new Set(found.map(([name]) => name))].map(name => {
      const schemas = found.filter(([other]) => other === name).map(([, of]) => of);
      return { name, type: union(schemas.map(typeOf)), required: false, doc: docOf(schemas[0] as Json) };
    });
  }

  function namedIn(
    schemas: readonly (Json | undefined)[],
    seen = new Set<Json>(),
  ): readonly (readonly [string, Json])[] {
    return schemas.flatMap(schema => {
      if (!isObject(schema) || seen.has(schema)) return [];
      seen.add(schema);
      const further = namedIn([...directly(schema), ...underConditions(schema)], seen);
      return [...Object.entries(objectOf(schema, 'properties')), ...further];
    });
  }

  function arrayType(schema: JsonObject): Type {
    const prefix = listOf(schema, 'prefixItems').map(typeOf);
    const elsewhere = isEvaluatedElsewhere(schema) || own(schema, 'contains') !== undefined;
    const rest = own(schema, 'items') ?? (elsewhere ? undefined : own(schema, 'unevaluatedItems')) ?? true;
    if (prefix.length === 0 || prefix.length > LONGEST_TUPLE) {
      return { is: 'array', of: union([...prefix, typeOf(rest)]) };
    }
    const least = own(schema, 'minItems');
    const shortest = Math.min(typeof least === 'number' ? least : 0, prefix.length);
    // An optional element could be undefined, which is no JSON; so a tuple for each length.
    const tuples = Array.from({ length: prefix.length - shortest }, (_, more): Type => {
      return { is: 'tuple', of: prefix.slice(0, shortest + more) };
    });
    const whole: Type = { is: 'tuple', of: prefix, ...(rest === false ? {} : { rest: typeOf(rest) }) };
    return union([...tuples, whole]);
  }
}

function referencesIn(schema: JsonObject): readonly string[] {
  return ['$ref', '$dynamicRef'].map(keyword => own(schema, keyword)).filter(value => typeof value === 'string');
}

function underConditions(schema: JsonObject): readonly Json[] {
  const branches = ['if', 'then', 'else'].map(keyword => own(schema, keyword)).filter(branch => branch !== undefined);
  return [...branches, ...Object.values(objectOf(schema, 'dependentSchemas'))];
}

function allowedTypes(schema: JsonObject): readonly string[] | undefined {
  const type = own(schema, 'type');
  const names = isArray(type) ? type : type === undefined ? impliedTypes(schema) : [type];
  const allowed = names?.map(name => (name === 'integer' ? 'number' : name));
  return allowed && TYPES.filter(name => allowed.includes(name));
}

/** A schema that speaks of members means an object, though strictly it lets everything else pass. */
function impliedTypes(schema: JsonObject): readonly string[] | undefined {
  const implied = [
    ...(OBJECT_KEYWORDS.some(keyword => Object.hasOwn(schema, keyword)) ? ['object'] : []),
    ...(ARRAY_KEYWORDS.some(keyword => Object.hasOwn(schema, keyword)) ? ['array'] : []),
  ];
  return implied.length === 0 ? undefined : implied;
}

function describesObject(schema: JsonObject): boolean {
  const allowed = allowedTypes(schema);
  return allowed?.length === 1 && allowed[0] === 'object' && !isOpenObjectSchema(schema);
}

function isOpenObjectSchema(schema: JsonObject): boolean {
  return !OBJECT_KEYWORDS.some(keyword => Object.hasOwn(schema, keyword));
}

function isOpenObject(type: Type): boolean {
  return type.is === 'map' && type.of === ANY;
}

function typeName(value: Json): string {
  return value === null ? 'null' : isArray(value) ? 'array' : typeof value;
}

function literal(value: Json): Type {
  if (isArray(value)) return { is: 'tuple', of: value.map(literal) };
  if (!isObject(value)) return atom(typeof value === 'string' ? stringLiteral(value) : String(value));
  const members = Object.entries(value).map(([name, of]) => ({ name, type: literal(of), required: true, doc: [] }));
  return { is: 'object', members };
}

/** A schema's own words for people. */
export function docOf(schema: Json): readonly string[] {
  const text = own(schema, 'description') ?? own(schema, 'title');
  return [
    ...(typeof text === 'string' && text.trim() !== '' ? [text] : []),
    ...(own(schema, 'deprecated') === true ? ['@deprecated'] : []),
  ];
}

function listOf(schema: JsonObject, keyword: string): readonly Json[] {
  const value = own(schema, keyword);
  return isArray(value) ? value : [];
}

function objectOf(schema: JsonObject, keyword: string): JsonObject {
  const value = own(schema, keyword);
  return isObject(value) ? value : {};
}
