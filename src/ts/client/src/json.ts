/** Any JSON value. Documents are never changed in place: a new version shares every part that stayed the same. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

export function isArray(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How long it is as JSON, in bytes of UTF-8. */
export function bytesOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}

/** Sets a member of an object that is still being made. `__proto__` is a member like any other: assigning would reach the prototype. */
export function setMember(object: JsonObject, key: string, value: Json): JsonObject {
  return Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

/** The JSON, with U+FFFD for every half of a character: no server takes those (I-JSON, RFC 7493, section 2.1). */
export function wellFormed(text: string): string {
  return text.replace(/\\(?:\\|ud[89a-f]..)/g, found => (found === '\\\\' ? found : '\ufffd'));
}
