import type { EntityFrame } from './frames.js';
import type { Json } from './json.js';
import type { News, Position, Request, Serving } from './messages.js';
import type { Page } from './page.js';
import type { Session } from './session.js';
import { createVoices, type Voices } from './voices.js';
import { createWatchers, type Watcher, type Watchers } from './watchers.js';

/** The pages of this device, this one among them: what they observe and tell, and what they get of the one that leads. */
export interface Guests {
  readonly watchers: Watchers;
  readonly voices: Voices;
  /** The session observes the entity as all of them together want it. */
  observe(entity: string): void;
  /** That page observes nothing any more, and tells nothing. */
  leave(tab: string): void;
  /** `at`: when it said so. */
  present(entity: string, tab: string, data: Json, at: number): void;
  /** That page observes the entity from now on, or does not any more. */
  join(request: Request & { readonly m: 'watch' }): void;
  /** This page to a leader who does not know it. */
  introduce(): void;
  /** This page asks the leader for the entity, from where it stands. */
  enter(entity: string): void;
  /** The same from there; from nowhere, for the whole. */
  ask(entity: string, at: Position | undefined): void;
  /** Whoever waits gets what we have now, unless all have `heard` what makes it up. */
  serveAll(entity: string, heard: EntityFrame): void;
}

/** `session`: there is one while this page leads. */
export function createGuests(
  tab: string,
  page: Page,
  session: () => Session | undefined,
  tell: (news: News | Serving) => void,
  post: (request: Request) => void,
): Guests {
  const watchers = createWatchers();
  const voices = createVoices();

  function observe(entity: string): void {
    const wanted = watchers.wanted(entity);
    session()?.watch(entity, wanted);
    if (wanted === undefined) page.left(entity);
  }

  function present(entity: string, who: string, data: Json, at: number): void {
    const newest = voices.note(entity, who, { data, at });
    session()?.present(entity, newest);
  }

  /** A page that follows what we follow: it needs what we have, unless it has that already or just `heard` it. */
  function serve(entity: string, to: string, watcher: Watcher, heard: boolean): void {
    const live = page.live(entity);
    watchers.of(entity).set(to, { ...watcher, waits: live === undefined });
    if (live === undefined || heard || to === tab) return;
    const { doc, epoch, version } = live;
    const same = watcher.at?.epoch === epoch && watcher.at.version === version;
    const frame: EntityFrame = { entity, epoch, version, ...(same ? { t: 'current' } : { t: 'state', doc }) };
    tell({ m: 'serve', tab: to, frames: [frame, page.presence(entity)], epoch });
  }

  function introduce(): void {
    for (const entity of watchers.by(tab)) enter(entity);
    for (const [entity, word] of voices.by(tab)) post({ m: 'present', tab, entity, ...word });
  }

  function enter(entity: string): void {
    page.hear({ m: 'opening', entity });
    ask(entity, page.position(entity));
  }

  function ask(entity: string, at: Position | undefined): void {
    post({ m: 'watch', tab, entity, watch: watchers.of(entity).get(tab)?.presence, at });
  }

  return {
    ...{ watchers, voices, observe, present, introduce, enter, ask },
    leave(gone) {
      for (const [entity] of voices.by(gone)) present(entity, gone, null, 0);
      for (const entity of watchers.by(gone)) {
        watchers.note(entity, gone, undefined);
        observe(entity);
      }
    },
    join({ entity, tab: from, watch, at }) {
      watchers.note(entity, from, watch, at);
      observe(entity);
      const watcher = watchers.of(entity).get(from);
      if (watcher !== undefined) serve(entity, from, watcher, false);
    },
    serveAll(entity, heard) {
      if (page.live(entity) === undefined) return;
      const { epoch } = page.live(entity) ?? {};
      for (const [to, watcher] of watchers.of(entity)) {
        const { waits, at } = watcher;
        const fits = heard.t === 'changed' && at?.epoch === epoch && at?.version === heard.from;
        if (waits) serve(entity, to, watcher, fits || heard.t === 'state');
      }
    },
  };
}
