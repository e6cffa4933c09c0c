import type { Json } from '../../src/json.js';

/** A schema, what it lets pass and what it does not: so say both a JSON Schema validator and, of the type made from it, tsc. */
export interface Nasty {
  readonly kind: string;
  readonly schema: Json;
  readonly yes: readonly Json[];
  readonly no: readonly Json[];
  /** What only the type refuses: ajv passes over members called `__proto__`. */
  readonly alsoNo?: readonly Json[];
}

/** Written as text, so that a member called `__proto__` is one. */
function json(text: string): Json {
  return JSON.parse(text) as Json;
}

export const NASTY: readonly Nasty[] = [
  { kind: 'anything', schema: true, yes: [null, 1, 'x', [[]], { a: { b: null } }], no: [] },
  { kind: 'nothing', schema: false, yes: [], no: [null, 1, {}] },
  { kind: 'json', schema: { type: 'string' }, yes: ['x'], no: [1, null] },
  { kind: 'kinds', schema: { type: 'boolean' }, yes: [true], no: ['x'] },
  { kind: 'a-b', schema: { type: 'number' }, yes: [1.5], no: ['1'] },
  { kind: 'a--b', schema: { type: 'string' }, yes: ['1'], no: [1] },
  { kind: 'nullable', schema: { type: ['integer', 'null'] }, yes: [1, null], no: ['1', false] },
  {
    kind: 'colour',
    schema: { enum: ['red', "it's", 'a"b', 'line\n\u2028', 0, null, { deep: [true] }] },
    yes: ['red', "it's", 'a"b', 'line\n\u2028', 0, null, { deep: [true] }],
    no: ['blue', 1, { deep: [false] }],
  },
  { kind: 'filtered', schema: { type: 'string', enum: ['a', 1, null] }, yes: ['a'], no: [1, null, 'b'] },
  { kind: 'constant', schema: { const: -1 }, yes: [-1], no: [1, '-1'] },
  {
    kind: 'optional',
    schema: {
      type: 'object',
      properties: { must: { type: 'string' }, may: { type: 'number' } },
      required: ['must', 'unnamed'],
      additionalProperties: false,
      unevaluatedProperties: false,
      $comment: 'unnamed is required and forbidden at once',
    },
    yes: [],
    no: [{ must: 'x' }, { must: 1, unnamed: 1 }],
  },
  {
    kind: 'additional',
    schema: {
      type: 'object',
      properties: { name: { type: 'string' }, size: { type: 'number' } },
      required: ['name'],
      additionalProperties: { type: 'boolean' },
    },
    yes: [{ name: 'x' }, { name: 'x', size: 1, on: true }],
    no: [{ on: true }, { name: 'x', size: 'big' }, { name: 'x', other: null }],
  },
  {
    kind: 'patterns',
    schema: {
      type: 'object',
      patternProperties: { '^n': { type: 'number' }, '^s': { type: 'string' } },
      additionalProperties: false,
    },
    yes: [{}, { n1: 1, s1: 'x' }],
    no: [{ n1: true }, { s: null }],
  },
  { kind: 'closed', schema: { type: 'object', additionalProperties: false }, yes: [{}], no: [{ a: 1 }, 'x'] },
  {
    kind: 'tuple',
    schema: { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }], items: false, minItems: 1 },
    yes: [['x'], ['x', 1]],
    no: [[], [1], ['x', 'y'], ['x', 1, 2]],
  },
  {
    kind: 'open-tuple',
    schema: { prefixItems: [{ type: 'string' }], items: { enum: [1, 2] } },
    yes: [[], ['x'], ['x', 1, 2, 1]],
    no: [[1], ['x', 3], ['x', 'y']],
  },
  {
    kind: 'either',
    schema: {
      type: 'object',
      oneOf: [
        { properties: { sort: { const: 'circle' }, radius: { type: 'number' } }, required: ['sort', 'radius'] },
        {
          properties: {
            sort: { const: 'box' },
            sides: { type: 'array', items: { anyOf: [{ type: 'number' }, { type: 'string' }] } },
          },
          required: ['sort', 'sides'],
        },
      ],
    },
    yes: [
      { sort: 'circle', radius: 1 },
      { sort: 'box', sides: [1, '2'] },
    ],
    no: [{ sort: 'circle' }, { sort: 'box', radius: 1 }, { sort: 'box', sides: [null] }, 1],
  },
  {
    kind: 'both',
    schema: {
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'string' } },
      allOf: [
        { required: ['a'] },
        { anyOf: [{ required: ['b'] }, { properties: { c: { type: 'number' } }, required: ['c'] }] },
      ],
    },
    yes: [
      { a: 'x', b: 'y' },
      { a: 'x', c: 1 },
    ],
    no: [{ b: 'y' }, { a: 'x' }, { a: 1, b: 'y' }],
  },
  {
    kind: 'tree',
    schema: {
      $ref: '#/$defs/node',
      $defs: {
        node: {
          type: 'object',
          description: 'a node */ of a tree',
          properties: { value: { type: 'number' }, children: { type: 'array', items: { $ref: '#/$defs/node' } } },
          required: ['value'],
        },
      },
    },
    yes: [{ value: 1 }, { value: 1, children: [{ value: 2, children: [] }] }],
    no: [{ children: [] }, { value: 1, children: [{ children: [] }] }],
  },
  {
    kind: 'itself',
    schema: {
      anyOf: [
        { type: 'string' },
        { type: 'array', items: { $ref: '#' } },
        { type: 'object', additionalProperties: { $ref: '#' } },
      ],
    },
    yes: ['x', ['x', ['y']], { a: ['x', { b: 'y' }] }],
    no: [1, [1], { a: [null] }],
  },
  {
    kind: 'mutual',
    schema: {
      $defs: {
        a: { items: { $ref: '#/$defs/b' }, type: 'array' },
        b: { anyOf: [{ $ref: '#/$defs/a' }, { type: 'null' }] },
      },
      $ref: '#/$defs/a',
    },
    yes: [[], [null, [null]]],
    no: [null, [1]],
  },
  {
    kind: 'anchored',
    schema: {
      $id: 'https://example.org/root',
      $defs: {
        one: { $anchor: 'here', type: 'string' },
        'a/b~c d': { $id: 'other', $defs: { in: { type: 'number' } } },
      },
      type: 'object',
      properties: { x: { $ref: '#here' }, y: { $ref: 'other#/$defs/in' }, z: { $ref: '#/$defs/a~1b~0c%20d/$defs/in' } },
      additionalProperties: false,
    },
    yes: [{ x: 'x', y: 1, z: 2 }],
    no: [{ x: 1 }, { y: 'x' }, { z: 'x' }],
  },
  { kind: '3d', schema: { type: 'array', items: { type: 'number' } }, yes: [[1, 2, 3]], no: [['x'], 1] },
  {
    kind: 'evaluated-elsewhere',
    schema: {
      type: 'object',
      $ref: '#/$defs/named',
      properties: { size: { type: 'number' } },
      unevaluatedProperties: false,
      $defs: { named: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] } },
    },
    yes: [{ name: 'x' }, { name: 'x', size: 1 }],
    no: [{}, { name: 1 }, { name: 'x', size: 'big' }, { name: 'x', other: 1 }],
  },
  {
    kind: 'evaluated-only-elsewhere',
    schema: {
      type: 'object',
      unevaluatedProperties: false,
      anyOf: [
        { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
        { type: 'object', properties: { b: { type: 'number' } }, required: ['b'] },
      ],
    },
    yes: [{ a: 'x' }, { b: 1 }, { a: 'x', b: 1 }],
    no: [{}, { a: 1 }, { c: 1 }],
  },
  {
    kind: 'others-unevaluated',
    schema: {
      type: 'object',
      properties: { on: { type: 'boolean' } },
      unevaluatedProperties: { type: 'number' },
      allOf: [{ type: 'object', properties: { name: { type: 'string' } }, required: ['name'] }],
    },
    yes: [{ name: 'x' }, { name: 'x', on: true, size: 1 }],
    no: [{ on: true }, { name: 1 }, { name: 'x', on: 1 }],
  },
  {
    kind: 'unevaluated',
    schema: {
      type: 'object',
      properties: { name: { type: 'string' } },
      required: ['name'],
      unevaluatedProperties: { type: 'number' },
    },
    yes: [{ name: 'x', size: 1 }],
    no: [{ name: 'x', size: true }, { size: 1 }],
  },
  {
    kind: 'conditional',
    schema: {
      type: 'object',
      properties: { sort: { enum: ['circle', 'box', 'dot'] }, label: { type: 'string' } },
      required: ['sort'],
      if: { properties: { sort: { const: 'circle' } } },
      // biome-ignore lint/suspicious/noThenProperty: the keyword
      then: { properties: { radius: { type: 'number' }, sides: { type: 'null' } }, required: ['radius'] },
      else: { $ref: '#/$defs/box' },
      dependentSchemas: { label: { properties: { font: { type: 'string' } } } },
      unevaluatedProperties: false,
      $defs: { box: { properties: { sides: { type: 'array', items: { type: 'number' } } } } },
    },
    yes: [
      { sort: 'circle', radius: 1 },
      { sort: 'circle', radius: 1, sides: null },
      { sort: 'box', sides: [1] },
      { sort: 'dot', label: 'x', font: 'y' },
    ],
    no: [{ sort: 'circle', radius: 'x' }, { sort: 'box', sides: ['x'] }, { sort: 'dot', other: 1 }, { radius: 1 }],
  },
  {
    kind: 'conditions',
    schema: {
      type: 'object',
      properties: { sort: { type: 'string' } },
      allOf: [
        // biome-ignore lint/suspicious/noThenProperty: the keyword
        { if: { required: ['sort'] }, then: { properties: { radius: { type: 'number' } } } },
      ],
    },
    yes: [{}, { sort: 'x' }, { sort: 'x', radius: 1 }],
    no: [{ sort: 1 }, { sort: 'x', radius: 'y' }],
  },
  {
    kind: 'unevaluated-items',
    schema: {
      type: 'array',
      prefixItems: [{ type: 'string' }],
      unevaluatedItems: false,
      allOf: [{ type: 'array', prefixItems: [true, { type: 'number' }] }],
    },
    yes: [[], ['x'], ['x', 1]],
    no: [[1], ['x', 'y']],
  },
  {
    kind: 'unevaluated-contained',
    schema: { type: 'array', contains: { type: 'string' }, unevaluatedItems: { type: 'number' } },
    yes: [['x'], ['x', 1]],
    no: [1],
  },
  {
    kind: 'hostile',
    schema: json(String.raw`{"type":"object","description":"*/ export type Evil = any; /*","properties":{
      "__proto__":{"type":"number","title":"a */ b"},"constructor":{"type":"string"},"it's":{"type":"string"},"a\"b\\":{"type":"string"},"":{"type":"number"},
      "two\nlines":{"type":"boolean"},"\u2028":{"type":"boolean"},"9":{"type":"boolean"},"class":{"type":"null"},"\u0060":{"type":"null"}},
      "required":["__proto__","constructor"],"additionalProperties":false}`),
    yes: [
      json(
        String.raw`{"__proto__":1,"constructor":"x","it's":"x","a\"b\\":"x","":1,"two\nlines":true,"\u2028":true,"9":true,"class":null,"\u0060":null}`,
      ),
    ],
    no: [json('{"__proto__":1,"constructor":1}'), json('{"__proto__":1,"constructor":"x","it\'s":1}')],
    alsoNo: [json('{"__proto__":"x","constructor":"x"}')],
  },
];

/** Schemas that no value shows anything of, but that must still give types that compile. */
export const MAD: readonly { readonly kind: string; readonly description?: string; readonly schema: Json }[] = [
  { kind: 'endless', schema: { $ref: '#' } },
  {
    kind: 'endless-pair',
    schema: { $defs: { a: { $ref: '#/$defs/b' }, b: { allOf: [{ $ref: '#/$defs/a' }] } }, $ref: '#/$defs/a' },
  },
  { kind: 'nowhere', schema: { $ref: 'https://elsewhere.example/schema.json#/x' } },
  {
    kind: 'half-an-escape',
    schema: { $ref: '#/$defs/100%', $defs: { '100%': { type: 'string' } } },
  },
  { kind: '4', schema: { items: { $ref: '#/$defs/5' }, $defs: { 5: { type: 'string' } } } },
  { kind: 'no-values', schema: { enum: [] } },
  {
    kind: 'proto-def',
    schema: json(
      '{"$ref":"#/$defs/__proto__","$defs":{"__proto__":{"type":"string"},"*/ x":{"$ref":"#/$defs/__proto__"}}}',
    ),
  },
  {
    kind: 'odd-def',
    schema: {
      type: 'array',
      items: { $ref: '#/$defs/*%2F%20%F0%9F%98%80' },
      $defs: { '*/ 😀': { type: 'array', items: { $ref: '#/$defs/*%2F%20%F0%9F%98%80' } } },
    },
  },
  {
    kind: 'said',
    description: 'one */ line\r\nand\u2028others',
    schema: { deprecated: true, title: '*/', type: 'string' },
  },
  { kind: 'long', schema: { enum: Array.from({ length: 300 }, (_, n) => `value-${n}`) } },
  { kind: 'wide', schema: { prefixItems: Array.from({ length: 40 }, () => ({ type: 'number' })) } },
  {
    kind: 'nonsense',
    schema: json('{"type":7,"enum":"x","properties":[1],"required":"a","allOf":{},"items":[],"$ref":9}'),
  },
];
