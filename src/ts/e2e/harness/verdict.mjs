import { isDeepStrictEqual } from 'node:util';

const MARK = /m:[\w-]+:\d+/g;

/**
 * Everything that is wrong: nothing lost, nothing twice, all equal. `history` is the journal's, `state` the server's document,
 * `looks` what the pages show in the end, `commands` what the ledger has of each.
 */
export function faults({ history, state, looks, commands, isOver }) {
  const found = marksIn(history);
  return [
    ...holes(history),
    ...repeatedNumbers(history),
    ...twice(found),
    ...lost(commands, found, isOver),
    ...misplaced(commands, found),
    ...strangers(commands, found),
    ...documentFaults(found, history, state),
    ...Object.entries(looks).flatMap(([name, look]) => lookFaults(name, look, state)),
  ];
}

/** Each mark with the versions whose events set it. */
function marksIn(history) {
  const found = new Map();
  for (const { version, ops } of history) {
    for (const mark of new Set(settingsIn(ops))) found.set(mark, [...(found.get(mark) ?? []), version]);
  }
  return found;
}

/** The marks a patch sets: those in a path below `/marks`, or in a value that goes there. */
function settingsIn(ops) {
  return ops.flatMap(({ op, path, value }) => {
    if (op === 'test' || op === 'remove') return [];
    if (path.startsWith('/marks/')) return path.match(MARK) ?? [];
    return path === '/marks' ? (JSON.stringify(value).match(MARK) ?? []) : [];
  });
}

function holes(history) {
  return history.flatMap(({ version }, i) =>
    version === i + 1 ? [] : [`journal: version ${version} (expected: ${i + 1})`],
  );
}

function repeatedNumbers(history) {
  const last = new Map();
  return history.flatMap(({ version, client, seq }) => {
    if (seq === 0) return [];
    const before = last.get(client) ?? 0;
    last.set(client, seq);
    return seq > before ? [] : [`journal: version ${version} has seq ${seq} of ${client} (expected: > ${before})`];
  });
}

function twice(found) {
  return [...found].flatMap(([mark, versions]) =>
    versions.length === 1 ? [] : [`twice: ${mark} at ${versions.join(' and ')}`],
  );
}

/** Accepted, or durable and not refused, or shown by a page that is still there: it has to be in the journal. */
function lost(commands, found, isOver) {
  return commands.flatMap(({ mark, life, durable, accepted, refused, unheard }) => {
    const isOpen = refused === undefined && unheard === undefined;
    const mustBe = accepted !== undefined || (isOpen && (durable !== undefined || !isOver(life)));
    if (!mustBe || found.has(mark)) return [];
    return [`lost: ${mark} (${accepted ? 'accepted' : durable ? 'durable' : 'shown'})`];
  });
}

function misplaced(commands, found) {
  return commands.flatMap(({ mark, accepted, refused }) => {
    const [version] = found.get(mark) ?? [];
    if (refused !== undefined && version !== undefined) return [`refused, yet in the journal: ${mark} at ${version}`];
    if (accepted === undefined || version === undefined || accepted.version === version) return [];
    return [`receipt: ${mark} accepted@${accepted.version} (expected: ${version}, as in the journal)`];
  });
}

/** A page's last words can be lost with it, so a mark may be unknown; a mark of an unknown page may not. */
function strangers(commands, found) {
  const lives = new Set(commands.map(({ life }) => life));
  return [...found.keys()].filter(mark => !lives.has(mark.split(':')[1])).map(mark => `from nowhere: ${mark}`);
}

function documentFaults(found, history, { version, doc }) {
  const marks = Object.keys(doc.marks);
  const incs = Object.values(doc.marks).filter(sort => sort === 'inc').length;
  const ids = doc.todos.map(({ id }) => id);
  return [
    ...(version === history.length
      ? []
      : [`document: version ${version} (expected: ${history.length}, as in the journal)`]),
    ...marks.filter(mark => !found.has(mark)).map(mark => `document: ${mark} (expected: in the journal)`),
    ...[...found.keys()].filter(mark => doc.marks[mark] === undefined).map(mark => `document: ${mark} missing`),
    ...(doc.counter === incs ? [] : [`document: counter ${doc.counter} (expected: ${incs}, one for each inc)`]),
    ...(new Set(ids).size === ids.length ? [] : ['document: a to-do twice']),
  ];
}

function lookFaults(name, look, { version, doc }) {
  return [
    ...(look.version === version ? [] : [`${name}: version ${look.version} (expected: ${version})`]),
    ...(look.status === 'live' ? [] : [`${name}: ${look.status} (expected: live)`]),
    ...(look.pending + look.waiting === 0
      ? []
      : [`${name}: ${look.pending}, ${look.waiting} pending (expected: none)`]),
    ...['value', 'confirmed']
      .filter(which => !isDeepStrictEqual(JSON.parse(look[which]), doc))
      .map(which => `${name}: ${which} differs from the server's document`),
  ];
}
