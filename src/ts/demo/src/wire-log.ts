import type { ClientFrame, Op, ServerFrame } from '@holdfast/client';
import { eachFrame, element } from './dom.js';
import type { Side } from './pane.js';

const KEPT = 80;

export interface WireLog {
  readonly root: HTMLElement;
  add(side: Side, direction: 'out' | 'in', frame: ClientFrame | ServerFrame): void;
  pause(on: boolean): void;
}

/** The last frames of both panes, newest first; heartbeats are left out. */
export function createWireLog(): WireLog {
  const list = element('ol', { class: 'wire', tabindex: 0, 'aria-label': 'Frames, newest first' });
  const onFrame = eachFrame();
  let fresh: (() => HTMLElement)[] = [];
  let paused = false;

  function draw(): void {
    list.prepend(...fresh.map(make => make()).reverse());
    fresh = [];
    while (list.children.length > KEPT) list.lastElementChild?.remove();
  }

  return {
    root: list,
    pause(on) {
      paused = on;
    },
    add(side, direction, frame) {
      if (paused || frame.t === 'ping' || frame.t === 'pong') return;
      const at = new Date();
      fresh = [...fresh.slice(1 - KEPT), () => entry(side, direction, frame, at)];
      onFrame(draw);
    },
  };
}

function entry(side: Side, direction: 'out' | 'in', frame: ClientFrame | ServerFrame, at: Date): HTMLElement {
  const bytes = new TextEncoder().encode(JSON.stringify(frame)).length;
  const to = direction === 'out' ? 'to the server' : 'from the server';
  return element(
    'li',
    {},
    element('time', {}, at.toISOString().slice(14, 23)),
    element('span', { class: `side ${side}`, title: `${side} pane, ${to}` }, side === 'left' ? 'L' : 'R'),
    element('span', { class: 'arrow', 'aria-label': to, role: 'img' }, direction === 'out' ? '↑' : '↓'),
    element('b', { class: `is-${frame.t}` }, frame.t),
    element('span', { class: 'what' }, describe(frame)),
    element('span', { class: 'bytes' }, `${bytes} B`),
  );
}

/** One frame in a few words. */
export function describe(frame: ClientFrame | ServerFrame): string {
  switch (frame.t) {
    case 'hello':
      return `as ${frame.client}`;
    case 'welcome':
      return `session ${frame.session} on ${frame.node}`;
    case 'open':
      return frame.version === undefined ? frame.entity : `${frame.entity} since v${frame.version}`;
    case 'state':
      return `the whole document, v${frame.version}`;
    case 'current':
      return `nothing missed, v${frame.version}`;
    case 'mutate':
      return `#${frame.seq} ${describeOps(frame.ops)}`;
    case 'changed':
      return `v${frame.from} → v${frame.version} ${describeOps(frame.ops)}`;
    case 'accepted':
      return `#${frame.seq} is v${frame.version}${frame.duplicate ? ' (sent twice, applied once)' : ''}`;
    case 'refused':
      return `#${frame.seq} ${frame.code}: ${frame.detail}`;
    case 'gap':
      return `send again from #${frame.expected + 1}`;
    case 'error':
    case 'closed':
    case 'goaway':
      return `${frame.code}: ${frame.detail}`;
    default:
      return '';
  }
}

function describeOps(ops: readonly Op[]): string {
  const [first] = ops;
  if (first === undefined) return 'no difference';
  const more = ops.length > 1 ? ` and ${ops.length - 1} more` : '';
  return `${first.op} ${first.path === '' ? 'all' : first.path}${more}`;
}
