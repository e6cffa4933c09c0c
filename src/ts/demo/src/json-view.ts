import { isArray, isObject, type Json } from '@holdfast/client';
import { element } from './dom.js';

export interface JsonView {
  readonly root: HTMLElement;
  /** Shows the document; what differs from the one shown before is marked in the colour of whoever changed it. */
  render(doc: Json, changedBy: string): void;
}

/** A document as indented JSON. */
export function createJsonView(label: string): JsonView {
  const code = element('code');
  const root = element('pre', { class: 'json', tabindex: 0, role: 'region', 'aria-label': label }, code);
  let before: Json | undefined;
  return {
    root,
    render(doc, changedBy) {
      if (doc === before) return;
      code.replaceChildren(...lines(doc, before ?? doc, changedBy));
      before = doc;
      const mark = code.querySelector('mark');
      if (mark !== null) bringIntoView(root, mark);
    },
  };
}

/** Scrolls inside the box only, never the page. */
function bringIntoView(box: HTMLElement, mark: HTMLElement): void {
  const [frame, inner] = [box.getBoundingClientRect(), mark.getBoundingClientRect()];
  if (inner.top < frame.top || inner.bottom > frame.bottom) box.scrollTop += inner.top - frame.top - frame.height / 3;
}

function lines(doc: Json, before: Json, changedBy: string): Node[] {
  const out: Node[] = [];
  write(doc, before, '', '');
  return out;

  function write(now: Json, was: Json | undefined, indent: string, tail: string): void {
    if (now === was) return plain(now, indent, tail);
    if (isArray(now) && isArray(was)) return list(now, was, indent, tail);
    if (isObject(now) && isObject(was)) return members(now, was, indent, tail);
    const from = out.length;
    plain(now, indent, '');
    const mark = element('mark', { class: `by-${changedBy}` }, ...out.splice(from));
    out.push(mark, punctuation(tail));
  }

  function plain(value: Json, indent: string, tail: string): void {
    if (isArray(value)) return list(value, value, indent, tail);
    if (isObject(value)) return members(value, value, indent, tail);
    out.push(
      element('span', { class: value === null ? 'null' : typeof value }, JSON.stringify(value)),
      punctuation(tail),
    );
  }

  function list(now: readonly Json[], was: readonly Json[], indent: string, tail: string): void {
    if (now.length === 0) return void out.push(punctuation(`[]${tail}`));
    out.push(punctuation('[\n'));
    for (const [i, item] of now.entries()) {
      out.push(punctuation(`${indent}  `));
      write(item, partner(item, i, was), `${indent}  `, i < now.length - 1 ? ',\n' : '\n');
    }
    out.push(punctuation(`${indent}]${tail}`));
  }

  function members(
    now: { readonly [key: string]: Json },
    was: { readonly [key: string]: Json },
    indent: string,
    tail: string,
  ): void {
    const keys = Object.keys(now);
    if (keys.length === 0) return void out.push(punctuation(`{}${tail}`));
    out.push(punctuation('{\n'));
    for (const [i, key] of keys.entries()) {
      out.push(punctuation(`${indent}  `), element('span', { class: 'key' }, JSON.stringify(key)), punctuation(': '));
      const old = Object.hasOwn(was, key) ? was[key] : undefined;
      write(now[key] as Json, old, `${indent}  `, i < keys.length - 1 ? ',\n' : '\n');
    }
    out.push(punctuation(`${indent}}${tail}`));
  }
}

/** The item before: itself wherever it stood (documents share what did not change), else the one of the same id. */
function partner(item: Json, index: number, was: readonly Json[]): Json | undefined {
  if (was.includes(item)) return item;
  if (isObject(item) && item['id'] !== undefined) {
    return was.find(other => isObject(other) && other['id'] === item['id']);
  }
  return was[index];
}

function punctuation(text: string): Text {
  return document.createTextNode(text);
}
