import type { Json } from '@holdfast/client';
import { connected } from './connected.js';
import { type Summary, summary } from './measure.js';

type Heard = (event: { readonly data: unknown }) => void;

const durations: number[] = [];
let start: number | undefined;

/** A real socket that looks at the clock when a change comes in. */
class TimedSocket extends WebSocket {
  override set onmessage(listener: Heard | null) {
    super.onmessage = event => {
      start = String(event.data).includes('"t":"changed"') ? performance.now() : undefined;
      listener?.(event);
    };
  }
}

/** From the message in hand until the listener has heard of the change, for every change that another makes. */
async function run(): Promise<unknown> {
  const { hf, entity } = await connected({ WebSocket: TimedSocket as never });
  hf.entity<readonly Json[]>(entity).subscribe(() => {
    if (start === undefined) return;
    durations.push(performance.now() - start);
    start = undefined;
  });
  return JSON.stringify(hf.entity(entity).get().value).length;
}

/** What was measured since `from`. */
function measured(from: number): Summary {
  return summary(durations.slice(from));
}

window.bench = run;
Object.assign(window, { measured });
