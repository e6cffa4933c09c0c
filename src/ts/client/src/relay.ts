import type { ConnectOptions } from './api.js';
import type { Command } from './command.js';
import type { Changed, EntityFrame } from './frames.js';
import { createHost } from './host.js';
import type { Json } from './json.js';
import { createLeadership } from './leadership.js';
import type { Control, Info, Message, News, Position, Request } from './messages.js';
import type { Outbox } from './outbox.js';
import type { Page } from './page.js';
import type { Session, SessionHost, Watch } from './session.js';
import type { Surroundings } from './surroundings.js';
import type { Tokens } from './tokens.js';

/** A leader that does not answer for so long is deposed. */
const ANSWER_WITHIN_MS = 2000;
/** Where there are no locks, the first page waits so long for a leader to say that it is there. */
const FIRST_ANSWER_MS = 300;
const LEAD_AGAIN_MS = 1000;

/** The way from this page to the server: its own connection if it leads, else through the page that does. */
export interface Relay {
  watch(entity: string, wanted: Watch | undefined): void;
  /** A command that is in the outbox. */
  submit(command: Command): void;
  present(entity: string, data: Json): void;
  control(control: Control): void;
  refresh(token: string): void;
  /** Whether this page speaks for commands of that tab too. */
  answersFor(tab: string): boolean;
  stop(): void;
}

export interface RelaySetting {
  readonly outside: Surroundings;
  readonly name: string;
  readonly tab: string;
  readonly shared: boolean;
  readonly outbox: Outbox;
  readonly tokens: Tokens;
  readonly page: Page;
  connect(host: SessionHost): Session;
  info(info: Info): void;
  /** Every change, whoever heard it. */
  overhear(change: Changed): void;
  readonly traffic: ConnectOptions['onFrame'];
}

export function createRelay(setting: RelaySetting): Relay {
  const { outside, tab, outbox, page } = setting;
  const channel = setting.shared ? outside.channel?.(setting.name) : undefined;
  const watches = new Map<string, Watch>();
  const others = new Map<string, Map<string, Watch>>();
  const unserved = new Map<string, Map<string, Position | undefined>>();
  const tabs = new Set<string>();
  let session: Session | undefined;
  /** Commands handed over while we are about to lead: they go behind those in the outbox. */
  let early: readonly Command[] | undefined;
  let term = 0;
  let info: Info = { status: 'connecting', detail: '', leader: false };
  let paused = false;
  let stopped = false;
  let asleep = false;
  let askedAt: number | undefined;

  function request(message: Request): void {
    channel?.postMessage(message);
  }

  async function lead(): Promise<void> {
    if (stopped) return;
    early = [];
    try {
      const own = await outbox.lead();
      const kept = await outbox.load();
      if (stopped || early === undefined) return;
      start(own, kept);
    } catch {
      outside.after(LEAD_AGAIN_MS, lead);
    }
  }

  function start(own: number, kept: readonly Command[]): void {
    term = own;
    let current: Session | undefined;
    const host = createHost(
      page,
      outbox,
      {
        number: own,
        session: () => current as Session,
        over: () => {
          if (session === undefined || session !== current) return;
          end();
          leadership.resign();
        },
        tell(news) {
          if (session !== current) return;
          tell(news);
        },
        info(next) {
          if (current !== undefined && session !== current) return;
          inform(next);
          tell({ m: 'info', info: { ...next, leader: false }, paused });
        },
      },
      setting.traffic,
    );
    page.down();
    current = setting.connect(host);
    session = current;
    if (paused) session.pause();
    for (const command of [...kept, ...(early ?? [])]) {
      page.submitted(command);
      session.submit(command);
    }
    early = undefined;
    for (const entity of watches.keys()) observe(entity);
    tell({ m: 'info', info: { ...info, leader: false }, paused });
  }

  function inform(next: Info): void {
    info = next;
    setting.info(next);
  }

  function tell(news: News): void {
    channel?.postMessage({ ...news, term });
    if (news.m !== 'heard') return;
    serveAll(news.frame);
    if (news.frame.t === 'changed') setting.overhear(news.frame);
  }

  /** Another page leads, or nobody: what we were told is old. */
  function end(): void {
    const former = session;
    session = undefined;
    early = undefined;
    former?.stop();
    others.clear();
    unserved.clear();
    inform({ ...info, leader: false });
  }

  function observe(entity: string): void {
    const wanted = [watches.get(entity), ...(others.get(entity)?.values() ?? [])].filter(one => one !== undefined);
    session?.watch(entity, wanted.length === 0 ? undefined : { presence: wanted.some(({ presence }) => presence) });
    if (wanted.length === 0) page.left(entity);
  }

  /** A page that follows what we follow: it needs what we have, unless it has that already. */
  function serve(entity: string, to: string, at: Position | undefined): void {
    const live = page.live(entity);
    if (live === undefined) {
      unserved.set(entity, (unserved.get(entity) ?? new Map<string, Position | undefined>()).set(to, at));
      return;
    }
    const { doc, epoch, version } = live;
    const same = at?.epoch === epoch && at.version === version;
    const frame: EntityFrame = same
      ? { t: 'current', entity, epoch, version }
      : { t: 'state', entity, epoch, version, doc };
    tell({ m: 'serve', tab: to, frames: [frame, page.presence(entity)], epoch });
  }

  function serveAll({ entity = '', t }: EntityFrame): void {
    const waiting = unserved.get(entity);
    if (waiting === undefined || page.live(entity) === undefined) return;
    unserved.delete(entity);
    // A whole document reached everyone.
    if (t !== 'state') for (const [to, at] of waiting) serve(entity, to, at);
  }

  function onRequest(message: Request): void {
    if ('tab' in message) tabs.add(message.tab);
    if (message.m === 'submit') {
      page.submitted(message.command);
      early = early && [...early, message.command];
    }
    if (message.m === 'control') heed(message.control);
    if (message.m === 'refresh') setting.tokens.put(message.token);
    if (session === undefined) return;
    switch (message.m) {
      case 'ask':
        session.tick();
        return tell({ m: 'info', info: { ...info, leader: false }, paused });
      case 'submit':
        return session.submit(message.command);
      case 'present':
        return session.present(message.entity, message.data);
      case 'refresh':
        return session.refresh(message.token);
      case 'watch':
        return join(message.entity, message.tab, message.watch, message.at);
    }
  }

  function join(entity: string, from: string, watch: Watch | undefined, at: Position | undefined): void {
    const joined = others.get(entity) ?? new Map<string, Watch>();
    others.set(entity, joined);
    if (watch === undefined) joined.delete(from);
    else joined.set(from, watch);
    observe(entity);
    if (watch !== undefined) serve(entity, from, at);
  }

  function onNews(news: News & { readonly term: number }): void {
    if (news.term < term) {
      // What is settled stays so, whoever heard it.
      if (news.m === 'heard') page.settled(news.frame.entity as string, news.settled);
      return;
    }
    askedAt = undefined;
    if (news.term > term) follow(news.term);
    switch (news.m) {
      case 'info':
        paused = news.paused;
        return inform(news.info);
      case 'opening':
        if (watches.has(news.entity)) page.opening(news.entity);
        return;
      case 'heard':
        return hear(news.frame, news.settled, news.epoch);
      case 'serve':
        if (news.tab === tab) for (const frame of news.frames) hear(frame, [], news.epoch);
        return;
      case 'settled':
        return page.settled(news.entity, news.settled);
      case 'sending':
        return page.sending(news.numbers);
      case 'down':
        return page.down();
    }
  }

  function hear(...[frame, settled, epoch]: Parameters<Page['heard']>): void {
    if (page.heard(frame, settled, epoch)) ask(frame.entity as string, undefined);
    if (frame.t === 'changed') setting.overhear(frame);
  }

  function follow(next: number): void {
    term = next;
    if (session !== undefined || early !== undefined) {
      end();
      leadership.resign();
    }
    page.down();
    for (const entity of watches.keys()) ask(entity, page.opening(entity));
  }

  function ask(entity: string, at: Position | undefined): void {
    request({ m: 'watch', tab, entity, watch: watches.get(entity), at });
  }

  /** Makes sure that somebody leads. */
  function check(within = ANSWER_WITHIN_MS): void {
    if (channel === undefined || session !== undefined || early !== undefined || askedAt !== undefined || stopped)
      return;
    const now = outside.now();
    askedAt = now;
    request({ m: 'ask', tab });
    const wait = within + outside.random() * 500;
    outside.after(wait, () => {
      if (askedAt !== now || session !== undefined || stopped) return;
      askedAt = undefined;
      // Whoever was put to sleep meanwhile has no answer because it did not listen.
      if (asleep || outside.now() - now > 2 * wait) return check();
      leadership.depose();
    });
  }

  /** A page may be gone after it kept a command and before it told us. */
  async function adopt(leading: Session): Promise<void> {
    const kept = await outbox.load().catch(() => []);
    if (session !== leading) return;
    for (const command of kept) {
      page.submitted(command);
      leading.submit(command);
    }
  }

  function heed(control: Control): void {
    if (control === 'pause' || control === 'resume') paused = control === 'pause';
    session?.[control]();
  }

  function keepChecking(): void {
    outside.after(ANSWER_WITHIN_MS, () => {
      if (stopped) return;
      if (session !== undefined) void adopt(session);
      else if (!asleep) check();
      keepChecking();
    });
  }

  if (channel !== undefined) {
    channel.onmessage = ({ data }) => {
      const message = data as Message;
      if ('term' in message) onNews(message);
      else onRequest(message);
    };
    keepChecking();
  }
  const stopWaking = outside.onAwake(awake => {
    asleep = !awake;
    if (asleep) return;
    if (session === undefined) request({ m: 'control', control: 'wake' });
    heed('wake');
    check();
  });
  const locks = channel === undefined ? undefined : outside.locks;
  const leadership = createLeadership(locks, setting.name, () => void lead(), end);
  if (channel === undefined) leadership.depose();
  else check(locks === undefined ? FIRST_ANSWER_MS : ANSWER_WITHIN_MS);

  return {
    watch(entity, wanted) {
      if (wanted === undefined) watches.delete(entity);
      else watches.set(entity, wanted);
      if (session !== undefined) return observe(entity);
      if (wanted === undefined) page.left(entity);
      ask(entity, wanted === undefined ? undefined : page.opening(entity));
    },
    submit(command) {
      request({ m: 'submit', command });
      early = early && [...early, command];
      session?.submit(command);
      check();
    },
    present(entity, data) {
      if (session === undefined) request({ m: 'present', entity, data });
      session?.present(entity, data);
    },
    control(control) {
      request({ m: 'control', control });
      heed(control);
    },
    refresh(token) {
      setting.tokens.put(token);
      request({ m: 'refresh', token });
      session?.refresh(token);
    },
    answersFor: author => author === tab || (session !== undefined && !tabs.has(author)),
    stop() {
      stopped = true;
      stopWaking();
      end();
      leadership.stop();
      channel?.close();
    },
  };
}
