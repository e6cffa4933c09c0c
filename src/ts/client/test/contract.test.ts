import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, it } from 'vitest';
import { golden, goldenNames } from './golden.js';

interface Contract {
  readonly components: {
    readonly schemas: Readonly<Record<string, { readonly required?: readonly string[] }>>;
    readonly messages?: Readonly<Record<string, { readonly examples: readonly { readonly payload: unknown }[] }>>;
  };
}

function read(name: string): Contract {
  return JSON.parse(readFileSync(`../../main/resources/contract/${name}.json`, 'utf8'));
}

const asyncapi = read('asyncapi');
const openapi = read('openapi');
const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addSchema(asyncapi as object, 'asyncapi.json');

const schemaName = (t: string) => `${t.charAt(0).toUpperCase()}${t.slice(1)}`;

function complaints(t: string, frame: unknown): string {
  const validate = ajv.getSchema(`asyncapi.json#/components/schemas/${schemaName(t)}`);
  assert.ok(validate, `${t}: no schema`);
  return validate(frame) ? '' : ajv.errorsText(validate.errors);
}

describe('asyncapi.json', () => {
  const names = [...goldenNames('client'), ...goldenNames('server')];
  for (const name of names) {
    it(`describes ${name}, and insists on its members`, () => {
      const frame = JSON.parse(golden(name));
      assert.equal(complaints(frame.t, frame), '');
      for (const member of asyncapi.components.schemas[schemaName(frame.t)]?.required ?? []) {
        const { [member]: _, ...lacking } = frame;
        assert.notEqual(complaints(frame.t, lacking), '', `without ${member}`);
      }
    });
  }

  it('shows every golden frame as an example, and no other', () => {
    const examples = Object.values(asyncapi.components.messages ?? {}).flatMap(message => message.examples);
    const canonical = (text: string) => JSON.stringify(JSON.parse(text));

    assert.deepEqual(
      examples.map(example => JSON.stringify(example.payload)).sort(),
      names.map(name => canonical(golden(name))).sort(),
    );
  });
});

describe('openapi.json', () => {
  it('uses the same words as asyncapi.json', () => {
    for (const name of ['Op', 'Patch', 'Pointer', 'Version', 'Epoch', 'ErrorCode', 'EntityName', 'ClientId']) {
      assert.deepEqual(openapi.components.schemas[name], asyncapi.components.schemas[name], name);
    }
  });
});
