import { until } from '../harness/wait.mjs';

/** A browser that can open pages and run functions of no arguments in them, as tests use it. */
export function plain({ createProfile, close }) {
  return {
    close,
    async createProfile({ site, functions, scripts, complain }) {
      const profile = await createProfile();
      return {
        close: profile.close,
        async open(settings) {
          const own = { ...functions, complain: text => complain(settings.name, text) };
          return asked(await profile.open(site.addPage({ functions: own, scripts, settings })));
        },
      };
    },
  };
}

function asked(page) {
  /** What comes back is JSON, whatever else the browser can hand over. */
  async function run(work, argument) {
    const given = argument === undefined ? '' : JSON.stringify(argument);
    return JSON.parse(await page.run(`async () => JSON.stringify((await (${work})(${given})) ?? null)`));
  }
  return {
    ...page,
    run,
    until: (test, argument, ms) =>
      until(String(test), () => run(`async of => Boolean(await (${test})(of))`, argument ?? null), { ms, everyMs: 20 }),
  };
}
