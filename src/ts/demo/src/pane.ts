import { type Change, connectIn, type Entity, type Json, type Op, type Receipt, type View } from '@holdfast/client';
import { addTodo, boardOf, example, isBlank, moveTodo, removeTodo, retitle, rewrite, toggle } from './board.js';
import { element, icon, replay, showIn } from './dom.js';
import { type Crossing, createCrossing, createSeries } from './latency.js';
import { createLine } from './line.js';
import { createMeters } from './meters.js';
import { createTodoList } from './todo-list.js';
import type { WireLog } from './wire-log.js';

export type Side = 'left' | 'right';

export interface PaneSettings {
  readonly side: Side;
  readonly url: string;
  readonly entity: string;
  readonly wire: WireLog;
  /** Names the author of a change: a colour (`left`, `right`, `other`) and words. */
  readonly author: (change: Change, reader: Side) => Author;
  readonly onView: (view: View) => void;
  readonly onWelcome: (node: string) => void;
}

export interface Author {
  readonly colour: Side | 'other';
  readonly name: string;
}

export interface Pane {
  readonly root: HTMLElement;
  readonly client: string;
  /** Where this pane's commands meet the moment the other pane shows them. */
  readonly crossing: Crossing;
  isLive(): boolean;
  /** Starts talking to the server, once both panes are made. */
  start(other: Pane): void;
}

const NAMES: Readonly<Record<Side, string>> = { left: 'Left pane', right: 'Right pane' };
const STATES: Readonly<Record<View['status'], string>> = {
  connecting: 'Connecting',
  live: 'Live',
  stale: 'Reconnecting',
  closed: 'Closed',
};

function shortId(length: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, byte => (byte % 36).toString(36)).join('');
}

export function createPane(settings: PaneSettings): Pane {
  const { side } = settings;
  const client = `${side}-${shortId(8)}`;
  const line = createLine();
  const receipts = createSeries();
  const crossings = createSeries();
  const crossing = createCrossing(ms => {
    crossings.add(ms);
    meters.crossing(crossings);
  });
  let entity: Entity | undefined;
  let view: View | undefined;
  let neighbour: Pane | undefined;
  let heardAt = 0;

  const meters = createMeters();
  const state = element('span', { class: 'state', 'data-state': 'connecting' }, STATES.connecting);
  const cutButton = element('button', { type: 'button', class: 'plain cut', 'aria-pressed': 'false' }, 'Cut the line');
  const title = element('input', {
    class: 'title',
    type: 'text',
    'aria-label': 'Title of the document',
    placeholder: 'Untitled',
    maxlength: 120,
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const list = createTodoList({
    rewrite: (id, text) => send(rewrite(id, text)),
    toggle: (id, done) => send(toggle(id, done)),
    remove: id => send(removeTodo(id)),
    move: (id, index) => send(moveTodo(id, index)),
  });
  const text = element('input', {
    type: 'text',
    class: 'new-text',
    'aria-label': 'New to-do',
    placeholder: 'Add a to-do',
    maxlength: 500,
    autocomplete: 'off',
  });
  const form = element(
    'form',
    { class: 'add' },
    icon('M12 6v12M6 12h12'),
    text,
    element('button', { type: 'submit', class: 'plain' }, 'Add'),
  );
  const fill = element('button', { type: 'button', class: 'plain' }, 'Fill in an example');
  const blank = element('p', { class: 'blank', hidden: true }, 'An empty board. Type a title, add a to-do, or ', fill);
  const lastChange = element('p', { class: 'last' }, 'Waiting for the document');
  const notice = element('p', { class: 'notice', role: 'status' });
  const heading = element('h2', { id: `${side}-name` }, NAMES[side]);
  const root = element(
    'section',
    { class: `card pane ${side}`, 'aria-labelledby': `${side}-name`, 'data-pane': side },
    element('header', { class: 'card-head' }, heading, state, cutButton),
    element('div', { class: 'sheet' }, title, list.root, form, blank),
    notice,
    lastChange,
    meters.root,
  );

  title.addEventListener('input', () => send(retitle(view?.draft ?? null, title.value)));
  form.addEventListener('submit', event => {
    event.preventDefault();
    const words = text.value.trim();
    if (words === '') return text.focus();
    send(addTodo(view?.draft ?? null, { id: shortId(8), text: words, done: false }));
    text.value = '';
  });

  fill.addEventListener('click', () => {
    send(example(), view?.version);
    text.focus();
  });

  /** Sends a command and measures until its receipt arrived, without what drawing it costs; if both ends were live when it left. */
  async function send(ops: readonly Op[], atVersion?: number): Promise<void> {
    if (entity === undefined) return;
    const measured = isLive();
    const otherLive = neighbour?.isLive() === true;
    const at = performance.now();
    notice.textContent = '';
    try {
      const receipt = await entity.send(ops, atVersion === undefined ? {} : { if: atVersion });
      if (receipt.outcome === 'refused') return refused(receipt);
      if (!measured) return;
      receipts.add(heardAt - at);
      meters.receipt(receipts);
      if (otherLive) crossing.sent(receipt.version, at);
    } catch (error) {
      notice.textContent = String(error);
    }
  }

  function refused(receipt: Receipt & { readonly outcome: 'refused' }): void {
    notice.textContent = `Refused (${receipt.code}): ${receipt.detail}`;
  }

  function isLive(): boolean {
    return view?.status === 'live';
  }

  function show(next: View): void {
    const before = view;
    view = next;
    const author = next.changes.map(change => settings.author(change, side)).at(-1);
    const news = before !== undefined && next.version !== before.version;
    const colour = news && author !== undefined && author.colour !== side ? author.colour : '';
    render(next.draft, colour);
    renderState(next, before);
    if (news && author !== undefined) {
      lastChange.replaceChildren(
        'Last change by ',
        element('b', { class: author.colour }, author.name),
        ` · version ${next.version}`,
      );
    } else if (next.status === 'live' && (news || before?.status !== 'live')) {
      lastChange.textContent =
        next.version === 0
          ? 'Nobody has changed it yet'
          : `${before?.status === 'connecting' ? 'Opened' : 'Now'} at version ${next.version}`;
    }
    for (const change of news ? next.changes : []) {
      if (change.client === neighbour?.client) neighbour.crossing.shown(change.version, performance.now());
    }
    settings.onView(next);
  }

  function render(draft: Json, colour: string): void {
    const board = boardOf(draft);
    if (colour !== '' && title.value !== board.title) replay(title, `flash-${colour}`);
    showIn(title, board.title);
    list.render(board.todos, colour);
    blank.hidden = !isLive() || !isBlank(board);
  }

  function renderState(next: View, before: View | undefined): void {
    state.dataset['state'] = next.status;
    state.textContent = line.isCut() ? 'Line cut' : STATES[next.status];
    meters.version(next.version, next.epoch, next.pending);
    if (next.error !== undefined) notice.textContent = `${next.error.code}: ${next.error.detail}`;
    else if (before?.error !== undefined) notice.textContent = '';
  }

  function start(other: Pane): void {
    neighbour = other;
    const session = connectIn(line.surroundings, {
      url: settings.url,
      client,
      onFrame(direction, frame) {
        if (direction === 'in') heardAt = performance.now();
        settings.wire.add(side, direction, frame);
        if (frame.t === 'welcome') settings.onWelcome(frame.node);
      },
      onStatus(status, reason) {
        if (status === 'stopped') notice.textContent = reason;
        if (status === 'online') notice.textContent = '';
      },
    });
    entity = session.entity(settings.entity);
    entity.subscribe(show);
    cutButton.addEventListener('click', () => {
      if (line.isCut()) {
        line.mend();
        session.retry();
      } else {
        line.cut();
      }
      cutButton.textContent = line.isCut() ? 'Mend the line' : 'Cut the line';
      cutButton.setAttribute('aria-pressed', String(line.isCut()));
      if (view !== undefined) renderState(view, view);
    });
    addEventListener('online', () => session.retry());
    addEventListener('pagehide', event => {
      if (!event.persisted) session.close();
    });
  }

  return { root, client, crossing, isLive, start };
}
