import { isObject, type Op, type Refusal } from '@holdfast/client';
import { aboutOf } from './about';
import { type Board, LISTS, type List } from './board';
import { TITLE } from './person';

/** What somebody wrote that was refused: about which to-do (or the title), which text, in which list if it names one, and why. */
export interface Lost {
  readonly about: string;
  readonly text?: string;
  readonly list?: List;
  readonly code: string;
  readonly detail: string;
}

export function lostIn({ id, ops, error: { code, detail } }: Refusal): Lost {
  const about = ops.map(aboutOf).find(one => one !== undefined) ?? id;
  const text = ops.map(textOf).findLast(one => one !== undefined);
  const list = ops.map(listIn).find(one => one !== undefined);
  return { about, code, detail, ...(text === undefined ? {} : { text }), ...(list === undefined ? {} : { list }) };
}

function textOf(op: Op): string | undefined {
  if (!('value' in op)) return undefined;
  const { path, value } = op;
  if (typeof value === 'string') return path === '/title' || path.endsWith('/text') ? value : undefined;
  return typeof value === 'object' && value !== null && 'text' in value ? String(value['text']) : undefined;
}

function listIn(op: Op): List | undefined {
  const named = 'value' in op && isObject(op.value) ? op.value['list'] : undefined;
  return LISTS.find(list => list === named);
}

/** Why, in words for somebody who does not know what a pointer is. */
export function reasonOf({ about, code, detail }: Lost, board: Board | null): string {
  const gone = about !== TITLE && board?.todos.every(({ id }) => id !== about);
  if (code === 'no-such-path' && gone) return 'Somebody deleted this to-do before your change came through.';
  if (code === 'invalid') return `The rules of this board do not allow that: ${detail}.`;
  return `That was refused: ${detail}.`;
}
