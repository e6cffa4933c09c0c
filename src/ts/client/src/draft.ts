import { type Json, setMember } from './json.js';

/** What stands behind one draft: the value it began as, and its copy as soon as something differs. */
interface Sketch {
  readonly base: object;
  copy: object | undefined;
}

const sketches = new WeakMap<object, Sketch>();

/** A stand-in for the value that may be changed in place. The value stays as it is; what is not touched is not copied. */
export function draftOf(value: Json): unknown {
  return typeof value === 'object' && value !== null ? sketch(value) : value;
}

/** The value under a draft, one level deep: below it there may be drafts again. Anything else is itself. */
export function latest(value: unknown): unknown {
  const found = sketches.get(value as object);
  return found === undefined ? value : (found.copy ?? found.base);
}

/** The value the draft began as. */
export function origin(value: unknown): unknown {
  return sketches.get(value as object)?.base ?? value;
}

export function isDraft(value: unknown): boolean {
  return sketches.has(value as object);
}

let written = 0;

/** How often anything was written into a draft so far. */
export function writes(): number {
  return written;
}

function sketch(base: object): object {
  const isList = Array.isArray(base);
  const made: Sketch = { base, copy: isList ? [...base] : undefined };
  // The engine itself knows how arrays behave, if it is given one.
  const draft = isList ? new Proxy(made.copy as object, LISTS) : new Proxy(made, OBJECTS);
  sketches.set(draft, made);
  return draft;
}

/** A draft of the value inside `owner`, put in its place. */
function inside(value: unknown, put: (draft: object) => void): unknown {
  if (typeof value !== 'object' || value === null || sketches.has(value)) return value;
  // A date, say: it is no JSON until it travels.
  if (typeof (value as { readonly toJSON?: unknown }).toJSON === 'function') return value;
  const draft = sketch(value);
  put(draft);
  return draft;
}

function copyOf(made: Sketch): object {
  made.copy ??= { ...made.base };
  return made.copy;
}

const source = (made: Sketch) => (made.copy ?? made.base) as Readonly<Record<PropertyKey, unknown>>;

function read(made: Sketch, key: PropertyKey): unknown {
  const members = source(made);
  // No way to any prototype: whoever gets to choose a key reaches members only.
  if (!Object.hasOwn(members, key)) return undefined;
  return inside(members[key], draft => setMember(copyOf(made) as never, key as string, draft as Json));
}

function write(made: Sketch, key: PropertyKey, value: unknown): boolean {
  written += 1;
  setMember(copyOf(made) as never, key as string, value as Json);
  return true;
}

const OBJECTS: ProxyHandler<Sketch> = {
  get: read,
  set: write,
  has: (made, key) => Object.hasOwn(source(made), key),
  deleteProperty(made, key) {
    written += 1;
    return Reflect.deleteProperty(copyOf(made), key);
  },
  ownKeys: made => Reflect.ownKeys(source(made)),
  defineProperty: (made, key, { value }) => write(made, key, value),
  setPrototypeOf: () => false,
  getOwnPropertyDescriptor(made, key) {
    if (!Object.hasOwn(source(made), key)) return undefined;
    return { value: read(made, key), writable: true, enumerable: true, configurable: true };
  },
};

/** Methods that may run on the array itself: they ask for every element, and each would become a draft. */
const CHANGING = new Set(['push', 'pop', 'shift', 'unshift', 'splice', 'sort', 'reverse']);
const FINDING = new Map([
  ['find', 'findIndex'],
  ['findLast', 'findLastIndex'],
]);

type Method = (...given: readonly unknown[]) => unknown;

function changing(list: object, draft: object, key: PropertyKey, method: Method): Method {
  return (...given) => {
    written += 1;
    const result = Reflect.apply(method, list, given);
    if (result === list) return draft;
    return key === 'splice' ? (result as readonly unknown[]).map(drafted) : drafted(result);
  };
}

const drafted = (value: unknown) => inside(value, () => {});

const LISTS: ProxyHandler<object> = {
  defineProperty(list, key, descriptor) {
    written += 1;
    return Reflect.defineProperty(list, key, descriptor);
  },
  deleteProperty(list, key) {
    written += 1;
    return Reflect.deleteProperty(list, key);
  },
  get(list, key, draft) {
    const value: unknown = Reflect.get(list, key);
    if (Object.hasOwn(list, key)) return inside(value, element => Reflect.set(list, key, element));
    if (CHANGING.has(key as string)) return changing(list, draft, key, value as Method);
    const index = FINDING.get(key as string);
    if (index !== undefined)
      return (...given: readonly unknown[]) =>
        draft[Reflect.apply(Reflect.get(list, index) as Method, list, given) as number];
    return key === 'constructor' || key === '__proto__' ? undefined : value;
  },
  setPrototypeOf: () => false,
};
