import { createAudit } from './audit.js';
import type { Command } from './command.js';
import { createGuests } from './guests.js';
import type { SessionHost } from './host.js';
import { createHost } from './host.js';
import { createIntake } from './intake.js';
import { createLeadership } from './leadership.js';
import { type Answer, type Message, type News, onlySettled, type Request, type SessionInfo } from './messages.js';
import { createOffer } from './offer.js';
import type { Session } from './session.js';
import { createSpeech } from './speech.js';
import { createTabs } from './tabs.js';
import { ANSWER_WITHIN_MS, createVigil } from './vigil.js';
import type { Relay, RelaySetting } from './way.js';

/** Where there are no locks, the first page waits so long for a leader to say that it is there. */
const FIRST_ANSWER_MS = 300;
const LEAD_AGAIN_MS = 1000;

export function createRelay(setting: RelaySetting): Relay {
  const { outside, tab, outbox, page } = setting;
  const channel = setting.name === '' ? undefined : outside.channel?.(setting.name);
  const later = (run: () => void) => outside.after(LEAD_AGAIN_MS, run);
  const post = (message: Message) => channel?.postMessage(message);
  const speech = createSpeech(post, () => term);
  const { tell } = speech;
  const tabs = createTabs(outside.now);
  let session: Session | undefined;
  const intake = createIntake(page, () => session, spread);
  const adopt = (commands: readonly Command[]) => {
    if (!stopped) intake.adopt(commands);
  };
  const audit = createAudit(outbox, page, setting.isKept, adopt, question => post({ m: 'ask', tab, question }));
  const offer = createOffer(outside, setting.tokens, token => {
    if (!stopped && info.status === 'needs-auth') post({ m: 'refresh', token });
  });
  const guests = createGuests(tab, page, () => session, tell, post);
  const { watchers, voices, observe, leave, introduce, enter, ask } = guests;
  /** Commands handed over while we are about to lead: they go behind those in the outbox. */
  let early: readonly Command[] | undefined;
  let term = 0;
  let info: SessionInfo = { status: 'connecting', detail: '', leader: false };
  let paused = false;
  let stopped = false;
  let asleep = false;
  let away = false;
  let cancelRetry = () => {};

  async function lead(): Promise<void> {
    if (stopped || session !== undefined) return;
    early ??= [];
    // Whoever led is gone, and may not have said so.
    page.hear({ m: 'down' });
    try {
      const own = await outbox.lead();
      if (own === undefined) {
        // Whoever keeps anything here now begins with the first term.
        term = 0;
        throw new Error('storage: cleared (expected: a reload)');
      }
      const kept = await outbox.load();
      if (!stopped && early !== undefined) start(own, [...kept, ...early]);
    } catch (error) {
      inform({ ...info, status: 'offline', detail: String(error) });
      if (early !== undefined) cancelRetry = later(lead);
    }
  }

  function start(own: number, commands: readonly Command[]): void {
    early = undefined;
    term = own;
    speech.reset();
    intake.reset();
    down();
    // Who lives introduces itself to the new leader, which is us.
    for (const other of tabs.all()) leave(other);
    session = setting.connect(hostFor(own));
    if (paused) session.pause();
    adopt(commands);
    page.unsent(commands);
    for (const entity of watchers.by(tab)) observe(entity);
    for (const [entity, data] of voices.newest()) session.present(entity, data);
    answer();
  }

  /** Our session's host, as long as its term is ours. */
  function hostFor(own: number): SessionHost {
    const leads = () => session !== undefined && term === own;
    return createHost(own, outbox, page, {
      over: () => leads() && resign(),
      news: news => leads() && spread(news),
      traffic: setting.traffic,
    });
  }

  function spread(news: News): boolean {
    if (news.m === 'info') {
      inform(news.info);
      answer();
      return false;
    }
    overhear(news);
    const reload = page.hear(news);
    if (news.m !== 'heard') {
      tell(news);
    } else {
      const { entity = '' } = news.frame;
      tell({ ...news, epoch: page.live(entity)?.epoch });
      guests.serveAll(entity, news.frame);
    }
    // Whoever waits for a receipt has been told by now: from here on it is the missing row that says so.
    if ('settled' in news && news.settled.length > 0) {
      const ids = news.settled.map(([id]) => id);
      intake.settled(ids);
      outbox.remove(ids);
    }
    return reload;
  }

  function answer(more: Answer = {}): void {
    tell({ m: 'info', info: { ...info, leader: false }, paused, ...more });
  }

  /** What we were told is old, and what we were not told of may have happened. */
  function down(): void {
    page.hear({ m: 'down' });
    if (channel !== undefined) page.doubt(setting.isKept);
  }

  function inform(next: SessionInfo): void {
    info = next;
    setting.info({ ...next, paused });
  }

  /** Another page leads, or nobody: what we were told is old. */
  function end(): void {
    const former = session;
    session = undefined;
    early = undefined;
    cancelRetry();
    former?.stop();
    page.hear({ m: 'down' });
    for (const other of tabs.all()) leave(other);
    inform({ ...info, leader: false });
  }

  function resign(): void {
    end();
    leadership.resign();
  }

  function onRequest(message: Request): void {
    // Who comes back after we had forgotten it does not know that it has to introduce itself.
    if (message.m !== 'bye' && 'tab' in message && message.tab !== tab && tabs.heard(message.tab))
      if (session !== undefined) answer({ stranger: message.tab });
    switch (message.m) {
      case 'ask':
        session?.tick();
        if (session !== undefined) answer({ to: message.tab, question: message.question });
        return;
      case 'bye':
        tabs.left(message.tab);
        return leave(message.tab);
      case 'submit':
        early = early && [...early, message.command];
        session?.tick();
        return adopt([message.command]);
      case 'present':
        return guests.present(message.entity, message.tab, message.data, message.at);
      case 'refresh':
        setting.tokens.put(message.token);
        setting.refreshed();
        return session?.refresh(message.token);
      case 'control':
        if (message.control === 'pause' || message.control === 'resume') paused = message.control === 'pause';
        inform(info);
        return session?.[message.control]();
      case 'watch':
        if (session !== undefined) guests.join(message);
    }
  }

  function onNews(news: Exclude<Message, Request>): void {
    if (news.term < term) {
      // What is settled stays so, whoever heard it.
      if ('settled' in news) page.hear(onlySettled(news));
      return;
    }
    vigil.answered();
    if (news.term > term) follow(news.term);
    if (news.sending !== undefined) page.hear({ m: 'sending', commands: news.sending });
    if (news.m === 'info') {
      paused = news.paused === true;
      inform(news.info);
      if (news.info.status === 'needs-auth') void offer();
      if (news.stranger === tab) introduce();
      if (news.to === tab && news.question !== undefined) audit.answered(news.question);
    } else if (news.m === 'serve') {
      if (news.tab === tab)
        for (const frame of news.frames) hear({ m: 'heard', frame, settled: [], epoch: news.epoch });
    } else if (news.m !== 'opening' || watchers.of(news.entity).has(tab)) hear(news);
  }

  function hear(news: News): void {
    overhear(news);
    const entity = news.m === 'heard' ? (news.frame.entity as string) : '';
    // What nobody here has opened is another page's: it is settled, no more.
    if (news.m === 'heard' && !page.has(entity)) page.hear(onlySettled(news));
    else if (page.hear(news)) ask(entity, undefined);
  }

  /** First: what is settled by it must not be shown beneath it and on top of it as well. */
  function overhear(news: News): void {
    if (news.m === 'heard' && news.frame.t === 'changed') setting.overhear(news.frame);
  }

  function follow(next: number): void {
    term = next;
    if (session !== undefined || early !== undefined) resign();
    down();
    introduce();
  }

  function keepChecking(): void {
    outside.after(ANSWER_WITHIN_MS, () => {
      if (stopped) return;
      vigil.check();
      if (session !== undefined && speech.waits()) answer();
      // What cannot be read now is compared the next time.
      audit.run(session !== undefined).catch(() => {});
      for (const other of tabs.forget()) leave(other);
      keepChecking();
    });
  }

  function request(message: Request): void {
    post(message);
    onRequest(message);
    if (message.m === 'submit') vigil.check();
  }

  const vigil = createVigil(outside, {
    follows: () => channel !== undefined && session === undefined && early === undefined && !stopped,
    asleep: () => asleep,
    ask: () => post({ m: 'ask', tab }),
    silence: () => leadership.depose(),
  });
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
    if (away && !awake) return;
    if (away && session === undefined) introduce();
    away = false;
    if (awake) request({ m: 'control', control: 'wake' });
    vigil.check();
  });
  // A page that is left says so. If it was put aside only, it comes back as one that nobody knows.
  const stopLeaving = outside.onLeave(() => {
    away = true;
    post({ m: 'bye', tab });
  });
  const locks = channel && outside.locks;
  const leadership = createLeadership(locks, setting.name, () => void lead(), end, later);
  if (channel === undefined) leadership.depose();
  else vigil.check(locks === undefined ? FIRST_ANSWER_MS : ANSWER_WITHIN_MS);

  return {
    request,
    watch(entity, wanted) {
      watchers.note(entity, tab, wanted);
      if (session !== undefined) return observe(entity);
      if (wanted !== undefined) return enter(entity);
      page.left(entity);
      ask(entity, undefined);
    },
    onBehalf(author, run) {
      if (author !== tab && session === undefined) return;
      if (author !== tab && tabs.has(author)) tabs.inPlaceOf(author, run);
      else run();
    },
    stop() {
      stopped = true;
      stopWaking();
      stopLeaving();
      post({ m: 'bye', tab });
      end();
      leadership.stop();
      channel?.close();
    },
  };
}
