import { SAFE } from '../harness/world.mjs';

/** Runs a short life of a page, spoilt in one way, and demands that the verdict notices. */
function noticed(expected, { before = [], spoil, offline = false }) {
  return async ({ person, verdict, line }) => {
    const ada = await (await person('ada', { before })).open();
    await ada.shown();
    await ada.type(SAFE, 5, 20);
    // A client that lies need not come to rest.
    await ada
      .until(() => !window.lab.isTyping() && window.lab.hf.pending().length === 0, undefined, 3_000)
      .catch(() => {});
    if (offline) {
      line.shut();
      await ada.until(() => window.lab.hf.status !== 'online');
      await ada.type(SAFE, 5, 10);
      await ada.until(() => !window.lab.isTyping() && window.lab.hf.pending().every(one => one.state !== 'shown'));
      await ada.reload();
      line.mend();
      await ada.shown();
    }
    const wrong = await verdict({ patienceMs: 5_000, ...(spoil === undefined ? {} : { spoil }) });
    const hit = wrong.find(fault => expected.test(fault));
    if (hit === undefined) throw new Error(`faults: ${wrong.join('; ') || 'none'} (expected: ${expected})`);
    return `noticed, as “${hit.slice(0, 100)}” and ${wrong.length - 1} more`;
  };
}

/** A client that forgets on reload what it had not sent: whatever it stored is gone when the next page starts. */
function forgetOutbox() {
  const open = indexedDB.open.bind(indexedDB);
  const forgotten = new Set();
  indexedDB.open = (name, ...rest) => {
    if (!forgotten.has(name)) indexedDB.deleteDatabase(name);
    forgotten.add(name);
    return open(name, ...rest);
  };
}

/** A client that sends each command a second time under a number of its own. */
function sendTwice() {
  const send = WebSocket.prototype.send;
  let more = 0;
  WebSocket.prototype.send = function (text) {
    const frame = JSON.parse(text);
    if (frame.t !== 'mutate') return send.call(this, text);
    more += 1;
    send.call(this, JSON.stringify({ ...frame, seq: frame.seq + more - 1, after: Math.max(0, frame.seq + more - 2) }));
    send.call(this, JSON.stringify({ ...frame, seq: frame.seq + more, after: frame.seq + more - 1 }));
  };
}

const middle = list => Math.floor(list.length / 2);

export const tests = {
  'the check notices a client that forgets its outbox on reload': noticed(/^lost: /, {
    before: [forgetOutbox],
    offline: true,
  }),
  'the check notices a client that sends a command under two numbers': noticed(/^twice: /, {
    before: [sendTwice],
  }),
  'the check notices an event missing from the journal': noticed(/^lost: /, {
    spoil: seen => ({ ...seen, history: seen.history.filter((_, i) => i !== middle(seen.history)) }),
  }),
  'the check notices an event twice in the journal': noticed(/^twice: /, {
    spoil: seen => ({
      ...seen,
      history: [...seen.history, { ...seen.history.at(-1), version: seen.history.length + 1 }],
    }),
  }),
  'the check notices a page that shows something else': noticed(/value differs/, {
    spoil: seen => ({
      ...seen,
      looks: Object.fromEntries(
        Object.entries(seen.looks).map(([name, look]) => [
          name,
          { ...look, value: look.value.replace('"text":', '"test":') },
        ]),
      ),
    }),
  }),
};
