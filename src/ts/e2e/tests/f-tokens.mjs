import { token } from '../harness/tokens.mjs';
import { SAFE } from '../harness/world.mjs';

export const tests = {
  async 'a token that expires on a live connection is renewed without losing it'({ person, finish }) {
    const freshToken = subject => token(subject, { seconds: 6 });
    const ada = await (await person('ada', { freshToken })).open();
    await ada.shown();

    await ada.type(SAFE, 30);
    await ada.until(() => window.lab.frames.out.refresh >= 3, undefined, 30_000);
    const [frames, statuses] = await ada.run(() => [window.lab.frames, window.lab.statuses]);

    if (frames.out.hello !== 1) throw new Error(`${frames.out.hello} connections (expected: 1; ${statuses})`);
    return finish();
  },

  async 'without a new token the client says needs-auth, goes on, and sends all once it has one'({
    person,
    more,
    finish,
    ledger,
  }) {
    const only = token('ada', { seconds: 4 });
    let signedIn = true;
    const freshToken = () => {
      if (!signedIn) throw new Error('not signed in');
      return only;
    };
    const ada = await (await person('ada', { freshToken, account: 'ada' })).open();
    await ada.shown();
    await ada.type(SAFE, 40);
    signedIn = false;

    await ada.until(() => window.lab.hf.status === 'needs-auth', undefined, 30_000);
    const before = ledger.count('accepted');
    await more('made', 10);
    const { waiting } = await ada.look();
    if (waiting < 5) throw new Error(`${waiting} pending (expected: what was typed since)`);
    if (before === 0) throw new Error('nothing accepted before (expected: some)');
    await ada.run(fresh => window.lab.hf.refresh(fresh), token('ada'));
    await ada.until(() => window.lab.hf.status === 'online');

    return finish();
  },

  async 'a page that signs in as somebody else shows and sends nothing of the one before'({
    person,
    finish,
    line,
    node,
    entity,
  }) {
    let who = 'ada';
    const adas = await person('ada', { freshToken: () => token(who) });
    const ada = await adas.open();
    await ada.shown();
    line.shut();
    await ada.until(() => window.lab.hf.status !== 'online');
    await ada.type(['push'], 5, 10);
    await ada.until(
      () => window.lab.hf.pending().length === 10 && window.lab.hf.pending().every(one => one.state !== 'shown'),
    );
    who = 'eve';
    await ada.reload();
    line.mend();
    await ada.shown();
    await ada.write('push');
    await ada.until(() => window.lab.isQuiet());
    const by = (await node.history(entity)).map(change => change.by);
    if (JSON.stringify(by) !== '["curator","eve"]') throw new Error(`by ${by} (expected: curator, eve)`);

    who = 'ada';
    await ada.reload();
    await ada.shown();
    return finish();
  },
};
