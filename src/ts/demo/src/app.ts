import { type Change, equal, type Json, type View } from '@holdfast/client';
import { byId, eachFrame } from './dom.js';
import { createJsonView } from './json-view.js';
import { type Author, createPane, type Pane, type Side } from './pane.js';
import { createWireLog } from './wire-log.js';

const ENTITY = 'board/welcome';
const URL_OF_SOCKET = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/v1/socket`;

const wire = createWireLog();
const json = createJsonView('The document as JSON');
const views: Partial<Record<Side, View>> = {};
const panes: Partial<Record<Side, Pane>> = {};
const onFrame = eachFrame();

function author(change: Change, reader: Side): Author {
  for (const side of ['left', 'right'] as const) {
    if (change.client === panes[side]?.client) {
      return { colour: side, name: side === reader ? 'this pane' : `the ${side} pane` };
    }
  }
  const subject = change.by === 'anonymous' ? '' : ` (${change.by})`;
  return { colour: 'other', name: `another window${subject}` };
}

function onView(side: Side, view: View): void {
  views[side] = view;
  onFrame(draw);
}

/** The committed document of whichever pane is ahead, and whether the two agree. */
function draw(): void {
  const { left, right } = views;
  const ahead = left !== undefined && (right === undefined || left.version >= right.version) ? left : right;
  if (ahead === undefined || !isKnown(ahead)) return;
  const latest = ahead.changes.at(-1);
  json.render(ahead.doc, latest === undefined ? 'other' : author(latest, 'left').colour);
  byId('document-note').textContent = `version ${ahead.version} · ${bytesOf(ahead.doc)} bytes`;
  agree(left, right);
}

/** Whether the server has said anything of the document yet. */
function isKnown(view: View): boolean {
  return view.status === 'live' || view.status === 'stale';
}

function bytesOf(doc: Json): number {
  return new TextEncoder().encode(JSON.stringify(doc)).length;
}

function agree(left: View | undefined, right: View | undefined): void {
  const line = byId('agreement');
  if (left === undefined || right === undefined || !isKnown(left) || !isKnown(right)) return;
  const same = left.epoch === right.epoch && left.version === right.version && equal(left.doc, right.doc);
  const behind = left.version < right.version ? 'left' : 'right';
  const by = Math.abs(left.version - right.version);
  line.dataset['same'] = String(same);
  line.textContent = same
    ? `Both panes hold version ${left.version}, and the documents are equal.`
    : `The ${behind} pane is ${by} ${by === 1 ? 'version' : 'versions'} behind.`;
}

function makePane(side: Side): Pane {
  const pane = createPane({
    side,
    url: URL_OF_SOCKET,
    entity: ENTITY,
    wire,
    author,
    onView: view => onView(side, view),
    onWelcome(node) {
      byId('server').textContent = `Node ${node}`;
    },
  });
  panes[side] = pane;
  return pane;
}

const [left, right] = [makePane('left'), makePane('right')];
byId('panes').append(left.root, right.root);
byId('document').append(json.root);
byId('wire').append(wire.root);
const pauseButton = byId('wire-pause');
pauseButton.addEventListener('click', () => {
  const on = pauseButton.getAttribute('aria-pressed') !== 'true';
  pauseButton.setAttribute('aria-pressed', String(on));
  pauseButton.textContent = on ? 'Resume' : 'Pause';
  wire.pause(on);
});
left.start(right);
right.start(left);
