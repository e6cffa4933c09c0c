import type { Op } from '@holdfast/client';
import { TITLE } from './person';

/** What an op is about: the id of a to-do, or the title. */
export function aboutOf(op: Op): string | undefined {
  if (op.path === '/title') return TITLE;
  const keyed = /^\/todos\/id=([^/]*)/.exec(op.path)?.[1];
  if (keyed !== undefined) return keyed.replaceAll('~1', '/').replaceAll('~0', '~');
  return 'value' in op ? idOf(op.value) : undefined;
}

function idOf(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : undefined;
}
