import { SAFE } from '../harness/world.mjs';

export const tests = {
  async 'a dead connection is noticed when the page comes into view'({ person, finish, line }) {
    const ada = await (await person('ada')).open();
    await ada.shown();
    await ada.type(SAFE, 5, 5);
    await ada.until(() => window.lab.isQuiet());

    line.silence();
    await ada.type(SAFE, 5, 5);
    await ada.run(() => document.dispatchEvent(new Event('visibilitychange')));
    await ada.until(() => window.lab.hf.status !== 'online', undefined, 15_000);
    line.mend();

    return finish();
  },
};
