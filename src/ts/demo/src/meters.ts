import { element } from './dom.js';
import { milliseconds, type Series } from './latency.js';
import { createSparkline } from './sparkline.js';

export interface Meters {
  readonly root: HTMLElement;
  version(version: number, epoch: number, pending: number): void;
  /** From sending a command to its receipt: by then it is committed. */
  receipt(series: Series): void;
  /** From sending a command to the other pane showing it. */
  crossing(series: Series): void;
}

/** The numbers below a pane. */
export function createMeters(): Meters {
  const version = meter('Version', 'version', 'no gaps');
  const epoch = meter('Epoch', 'epoch', 'one history');
  const receipt = meter('Receipt', 'receipt', 'sent to committed');
  const crossing = meter('Other pane', 'crossing', 'sent to shown there');
  const [own, across] = [createSparkline(), createSparkline()];
  receipt.box.append(own.root);
  crossing.box.append(across.root);
  return {
    root: element('dl', { class: 'meters' }, version.box, epoch.box, receipt.box, crossing.box),
    version(number, epochNumber, pending) {
      version.value.textContent = String(number);
      version.note.textContent = pending > 0 ? `${pending} waiting` : 'no gaps';
      version.box.classList.toggle('waiting', pending > 0);
      epoch.value.textContent = String(epochNumber);
    },
    receipt(series) {
      measure(receipt, series, 'sent to committed');
      own.draw(series.all());
    },
    crossing(series) {
      measure(crossing, series, 'sent to shown there');
      across.draw(series.all());
    },
  };
}

interface Meter {
  readonly box: HTMLElement;
  readonly value: HTMLElement;
  readonly note: HTMLElement;
}

function meter(name: string, key: string, words: string): Meter {
  const value = element('span', { class: 'value', 'data-value': key }, '–');
  const note = element('span', { class: 'note' }, words);
  return {
    box: element('div', { class: `meter ${key}` }, element('dt', {}, name), element('dd', {}, value, note)),
    value,
    note,
  };
}

function measure(target: Meter, series: Series, words: string): void {
  target.value.textContent = milliseconds(series.last());
  target.note.textContent = series.all().length < 3 ? words : `median ${milliseconds(series.median())}`;
  target.note.title = words;
}
