// The page under test: it writes, watches that nothing it wrote disappears, and reports every step to the test.
import { connect } from '/client.js';
import { randomFrom } from '/random.js';

const { name, url, entity, account, seed } = window.labSettings;
const random = randomFrom(seed);
/** One life of a page; after a reload it is another. */
const life = `${name}-${Math.random().toString(36).slice(2, 10)}`;
const frames = { in: {}, out: {} };
const hf = connect({
  url,
  token: () => window.freshToken(name),
  ...(account === undefined ? {} : { account }),
  onFrame: (direction, { t }) => {
    frames[direction][t] = (frames[direction][t] ?? 0) + 1;
  },
});
const doc = hf.entity(entity);
/** Marks of commands shown here and not refused: they must stay in sight. */
const mine = new Set();
const statuses = [];
let written = 0;
let version = 0;
let epoch;
let first;
let typing;

function report(event) {
  window.report({ life, name, ...event }).catch(() => {});
}

hf.connection.subscribe(({ status }) => {
  if (statuses.at(-1) !== status) statuses.push(status);
});

doc.subscribe(snapshot => {
  const { value } = snapshot;
  if (value === null || value === undefined) return;
  first ??= { status: snapshot.status, online: hf.status, version: snapshot.version, value };
  for (const mark of mine)
    if (value.marks?.[mark] === undefined) report({ is: 'vanished', mark, snapshot: brief(snapshot) });
  if (snapshot.epoch === epoch && snapshot.version < version)
    report({ is: 'back in time', from: version, to: snapshot.version });
  ({ version, epoch } = snapshot);
});

function brief({ version, status, pending }) {
  return { version, status, pending };
}

/** What a command may do beside setting its mark. The last three can be refused when others remove what they touch; `late` always is. */
const edits = {
  push: (draft, mark) => {
    draft.todos.push({ id: `t-${mark}`, text: mark.slice(2), done: false });
  },
  insert: (draft, mark) => {
    draft.todos.splice(Math.floor(draft.todos.length / 2), 0, { id: `t-${mark}`, text: 'between', done: false });
  },
  text: (draft, mark) => {
    draft.text = `${draft.text.slice(-40)}.${mark.slice(-3)}`;
  },
  tick: draft => {
    const todo = random.pick(draft.todos);
    if (todo !== undefined) todo.done = !todo.done;
  },
  move: draft => {
    if (draft.todos.length < 2) return;
    const [todo] = draft.todos.splice(random.below(draft.todos.length), 1);
    draft.todos.splice(random.below(draft.todos.length + 1), 0, todo);
  },
  remove: draft => {
    if (draft.todos.length > 0) draft.todos.splice(random.below(draft.todos.length), 1);
  },
};

function apply(sort, mark) {
  if (sort === 'late') return doc.patch([{ op: 'add', path: `/marks/${mark}`, value: sort }], { if: 1 });
  if (sort === 'inc') {
    return doc.patch([
      { op: 'inc', path: '/counter', value: 1 },
      { op: 'add', path: `/marks/${mark}`, value: sort },
    ]);
  }
  return doc.update(draft => {
    edits[sort](draft, mark);
    draft.marks[mark] = sort;
  });
}

/** Writes one command with a mark that no other has. */
function write(sort) {
  written += 1;
  const mark = `m:${life}:${written}`;
  report({ is: 'made', mark });
  const change = apply(sort, mark);
  mine.add(mark);
  if (doc.get().value?.marks?.[mark] === undefined)
    report({ is: 'vanished', mark, snapshot: 'right after it was made' });
  change.durable.then(
    () => report({ is: 'durable', mark }),
    error => report({ is: 'not durable', mark, code: error.code }),
  );
  change.receipt.then(
    receipt => report({ is: 'accepted', mark, ...receipt }),
    error => {
      mine.delete(mark);
      // Whoever heard what became of it is gone: nobody says that it was refused.
      const is = error.code === 'unavailable' ? 'unheard' : 'refused';
      report({ is, mark, code: error.code, detail: error.detail ?? String(error) });
    },
  );
  return mark;
}

/** Types commands of these sorts until `stop`, or so many. */
function type(sorts, everyMs = 30, count = Number.POSITIVE_INFINITY) {
  stop();
  let left = count;
  const next = () => {
    if (left-- <= 0) return stop();
    try {
      write(random.pick(sorts));
    } catch (error) {
      report({ is: 'threw', error: `${error}\n${error.stack}` });
    }
    typing = setTimeout(next, everyMs * (0.5 + random.next()));
  };
  next();
}

function stop() {
  clearTimeout(typing);
  typing = undefined;
}

function look() {
  const { value, confirmed, ...rest } = doc.get();
  const { status, leader, detail, node, subject } = hf.connection.get();
  // As text, because the way to the test loses members called __proto__.
  const documents = { value: JSON.stringify(value), confirmed: JSON.stringify(confirmed) };
  return {
    ...rest,
    ...documents,
    waiting: hf.pending().length,
    connection: { status, leader, detail, node, subject },
  };
}

/** Whether what the server has confirmed is on this device, for the next page. */
async function isCached() {
  const all = await indexedDB.databases();
  const { name: database } = all.find(({ name }) => name.endsWith(':cache'));
  const open = await done(indexedDB.open(database));
  try {
    const row = await done(open.transaction('entities').objectStore('entities').get(entity));
    return row?.version === doc.get().version;
  } finally {
    open.close();
  }
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function isQuiet() {
  const { status, pending } = doc.get();
  // Where reports take their time, the test has not heard of everything yet.
  if (window.unheard?.() > 0) return false;
  return typing === undefined && status === 'live' && pending === 0 && hf.pending().length === 0;
}

window.addEventListener('unhandledrejection', event =>
  report({ is: 'threw', error: `unhandled: ${event.reason?.stack ?? event.reason}` }),
);
window.lab = {
  hf,
  doc,
  life,
  frames,
  statuses,
  write,
  type,
  stop,
  look,
  isQuiet,
  isCached,
  first: () => first,
  isTyping: () => typing !== undefined,
};
