import type { Message, News, Sending, Serving } from './messages.js';

/** What the page that leads says to the others, under its term. */
export interface Speech {
  tell(news: News | Serving): void;
  /** Whether something waits to be said with what comes next. */
  waits(): boolean;
  reset(): void;
}

/** That commands are on the wire rides on whatever is said next: mostly it is said by then what became of them. */
export function createSpeech(post: (message: Message) => void, term: () => number): Speech {
  let unsaid: Sending[] = [];
  return {
    tell(news) {
      if (news.m === 'sending') {
        unsaid.push(...news.commands.map(({ id, entity, seq }) => ({ id, entity, seq })));
        return;
      }
      const settled = new Set('settled' in news ? news.settled.map(([id]) => id) : []);
      const sending = unsaid.filter(({ id }) => !settled.has(id));
      unsaid = [];
      post({ ...news, term: term(), ...(sending.length > 0 ? { sending } : {}) });
    },
    waits: () => unsaid.length > 0,
    reset() {
      unsaid = [];
    },
  };
}
