import { createLedger } from './ledger.mjs';
import { createPerson } from './person.mjs';
import { token } from './tokens.mjs';
import { faults } from './verdict.mjs';
import { until } from './wait.mjs';

export const SAFE = ['push', 'insert', 'text', 'inc'];
export const ANY = [...SAFE, 'tick', 'move', 'remove'];

/** One test's document, people and ledger. */
export async function createWorld({ browser, site, node, line, random, name, kind = 'lab' }) {
  const entity = `${kind}/${name.replace(/[^a-z0-9]+/gi, '-').slice(0, 60)}-${Date.now().toString(36)}`;
  const ledger = createLedger();
  const people = [];
  await node.put(entity, { text: '', counter: 0, todos: [], marks: {} });

  async function person(subject, options = {}) {
    const freshToken = options.freshToken ?? (who => token(who));
    const made = await createPerson(browser, { site, line, ledger, random, entity, subject, freshToken, ...options });
    people.push(made);
    return made;
  }

  const tabs = () => people.flatMap(({ tabs }) => [...tabs]);

  /** Waits until nothing is under way any more, and says everything that is wrong then. */
  async function verdict({ spoil = value => value, patienceMs = 30_000 } = {}) {
    for (const tab of tabs()) await tab.stop();
    const restless = await rest(patienceMs).then(
      () => [],
      error => [`not quiet: ${error.message}`],
    );
    const looks = Object.fromEntries(await Promise.all(tabs().map(async tab => [tab.name, await tab.look()])));
    const seen = { history: await node.history(entity), state: await node.state(entity), looks };
    const { isOver, commands } = ledger;
    return [...faults({ ...spoil(seen), commands: commands(), isOver }), ...restless, ...complaints()];
  }

  async function rest(ms) {
    for (const tab of tabs()) await tab.until(() => window.lab.isQuiet(), undefined, ms);
    const sameEverywhere = async () => {
      const { version } = await node.state(entity);
      const looks = await Promise.all(tabs().map(tab => tab.look()));
      return looks.every(look => look.version === version);
    };
    await until('every tab at the version of the server', sameEverywhere, { ms });
  }

  /** Waits until so many more commands are that: made, durable, accepted. */
  function more(is, count) {
    const enough = ledger.count(is) + count;
    return until(`${enough} ${is}`, () => ledger.count(is) >= enough);
  }

  function complaints() {
    return [
      ...ledger.complaints().map(one => JSON.stringify(one).slice(0, 600)),
      ...people.flatMap(({ complaints }) => complaints),
    ];
  }

  /** All equal, nothing lost, nothing twice. Returns how much there was to be right about. */
  async function finish(options = {}) {
    const wrong = await verdict(options);
    if (wrong.length > 0) throw new Error(`${wrong.length} faults:\n  ${wrong.slice(0, 25).join('\n  ')}`);
    const [made, accepted, refused] = ['made', 'accepted', 'refused'].map(ledger.count);
    return `${made} made, ${accepted} receipts, ${refused} refused, ${(await node.state(entity)).version} versions`;
  }

  return {
    entity,
    ledger,
    person,
    random,
    node,
    line,
    site,
    tabs,
    more,
    verdict,
    finish,
    close: () => Promise.all(people.map(one => one.close())),
  };
}
