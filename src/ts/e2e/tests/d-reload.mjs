import { SAFE } from '../harness/world.mjs';

export const tests = {
  async 'a reload in the middle of unsent commands shows and sends them'({ person, finish, line, ledger }) {
    const ada = await (await person('ada')).open();
    await ada.shown();
    await ada.type(SAFE, 5, 20);
    await ada.until(() => window.lab.isQuiet());
    await ada.cached();
    line.shut();
    await ada.until(() => window.lab.hf.status !== 'online');
    await ada.type(SAFE, 5, 40);
    await ada.until(() => !window.lab.isTyping() && window.lab.hf.pending().every(one => one.state !== 'shown'));
    const waiting = ledger
      .commands()
      .filter(({ accepted }) => accepted === undefined)
      .map(({ mark }) => mark);

    await ada.reload();
    await ada.shown();
    const first = await ada.run(() => window.lab.first());
    const { waiting: kept } = await ada.look();
    line.mend();

    if (waiting.length !== 40 || kept !== 40) throw new Error(`${waiting.length} waited, ${kept} kept (expected: 40)`);
    if (first.status !== 'stale') throw new Error(`first shown as ${first.status} (expected: stale)`);
    const hidden = waiting.filter(mark => first.value.marks[mark] === undefined);
    if (hidden.length > 0) throw new Error(`not shown after the reload: ${hidden.length} of 40 (expected: none)`);
    return finish();
  },

  async 'reloads at random moments while typing lose nothing that was durable'({ person, finish, random }) {
    const ada = await (await person('ada')).open();
    await ada.shown();

    for (let round = 0; round < 6; round++) {
      await ada.type(SAFE, 4);
      await ada.run(ms => new Promise(done => setTimeout(done, ms)), random.between(30, 500));
      await ada.reload();
      await ada.shown();
    }

    return finish();
  },

  async 'after a reload the client catches up by changes, not by the whole document'({
    person,
    finish,
    node,
    entity,
    line,
  }) {
    const ada = await (await person('ada')).open();
    await ada.shown();
    await ada.type(SAFE, 5, 20);
    await ada.until(() => window.lab.isQuiet());
    await ada.cached();
    line.shut();
    await ada.until(() => window.lab.hf.status !== 'online');

    await node.patch(entity, [{ op: 'replace', path: '/text', value: 'changed meanwhile' }]);
    await ada.reload();
    await ada.shown();
    line.mend();
    await ada.until(() => window.lab.doc.get().value.text === 'changed meanwhile');

    const frames = await ada.run(() => window.lab.frames.in);
    if (frames.state !== undefined) throw new Error(`${frames.state} state frames (expected: none)`);
    return finish();
  },
};
