/** Waits until the question has an answer, and returns it. */
export async function until(what, ask, { ms = 20_000, everyMs = 50 } = {}) {
  const end = Date.now() + ms;
  let last;
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    await pause(everyMs);
  }
  throw new Error(`${what}: ${last instanceof Error ? last.message : String(last)} after ${ms} ms`);
}

export function pause(ms) {
  return new Promise(done => setTimeout(done, ms));
}
