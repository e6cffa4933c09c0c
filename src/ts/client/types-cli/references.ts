import { isArray, isObject, type Json, type JsonObject } from '../src/json.js';

/** Finds what `$ref` and `$dynamicRef` of one schema document mean (JSON Schema 2020-12, section 8.2). */
export interface References {
  /** The schema an object's reference leads to; undefined if it leads nowhere in this document. */
  resolve(from: JsonObject, reference: string): Json | undefined;
}

const NOWHERE = 'https://schema.invalid/';
/** Keywords whose values are data, not schemas. */
const DATA: ReadonlySet<string> = new Set(['const', 'enum', 'default', 'examples']);

export function referencesOf(root: Json): References {
  const bases = new Map<JsonObject, string>();
  const resources = new Map<string, Json>([[NOWHERE, root]]);
  const anchors = new Map<string, Json>();

  function visit(node: Json, outer: string): void {
    if (isArray(node)) {
      for (const item of node) visit(item, outer);
      return;
    }
    if (!isObject(node)) return;
    const base = identify(node, outer);
    bases.set(node, base);
    for (const [keyword, value] of Object.entries(node)) if (!DATA.has(keyword)) visit(value, base);
  }

  function identify(node: JsonObject, outer: string): string {
    const id = own(node, '$id');
    const base = (typeof id === 'string' && absolute(id, outer)?.split('#')[0]) || outer;
    if (base !== outer) resources.set(base, node);
    for (const keyword of ['$anchor', '$dynamicAnchor']) {
      const anchor = own(node, keyword);
      if (typeof anchor === 'string') anchors.set(`${base}#${anchor}`, node);
    }
    return base;
  }

  visit(root, NOWHERE);
  return {
    resolve(from, reference) {
      const target = absolute(reference, bases.get(from) ?? NOWHERE);
      if (target === undefined) return undefined;
      const [resource = '', fragment = ''] = target.split('#');
      if (fragment !== '' && !fragment.startsWith('/')) return anchors.get(target);
      return valueAt(resources.get(resource), fragment);
    },
  };
}

export function own(node: Json | undefined, key: string): Json | undefined {
  return isObject(node) && Object.hasOwn(node, key) ? node[key] : undefined;
}

function absolute(reference: string, base: string): string | undefined {
  return URL.canParse(reference, base) ? new URL(reference, base).href : undefined;
}

function valueAt(document: Json | undefined, fragment: string): Json | undefined {
  let node = document;
  for (const token of fragment.split('/').slice(1).map(unescaped)) {
    if (token === undefined) return undefined;
    node = isArray(node) ? node[Number(token)] : own(node, token);
  }
  return node;
}

/** Undefined if nothing is written like that, as `100%` is not. */
function unescaped(token: string): string | undefined {
  try {
    return decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return undefined;
  }
}
