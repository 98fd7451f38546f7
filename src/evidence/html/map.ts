import { type Hand, hands } from '../../provenance/origin.ts';
import type { FileAccount } from '../account.ts';
import { handClass } from './lines.ts';
import { round } from './shareBar.ts';
import type { Words } from './words.ts';

const width = 760;
const row = 16;
const gap = 6;
const cell = 8;
/** Cells of all files: what a printed page holds. */
const most = 2_400;

/** The whole text from its first character to its last, as cells of equal length, each of the hand that most of it is of. */
export function textMap(files: readonly FileAccount[], words: Words): string {
  const units = files.reduce((n, file) => n + file.text.length, 0);
  if (units === 0) return '';
  const step = stepOf(units);
  const columns = Math.floor(width / cell);
  const parts: string[] = [];
  let at = 0;
  for (const file of files) {
    for (const { hand, from, to } of stretches(cellsOf(file, step))) {
      let start = at + from;
      const end = at + to;
      let first = true;
      while (start < end) {
        const line = Math.floor(start / columns);
        const stop = Math.min(end, (line + 1) * columns);
        const x = (start % columns) * cell;
        const y = line * (row + gap);
        const w = (stop - start) * cell;
        parts.push(`<rect class="f-${handClass[hand]}" x="${round(x)}" y="${y}" width="${round(w)}" height="${row}"/>`);
        if (first && hand !== 'human' && w >= 2 * cell) {
          parts.push(`<rect class="plate" x="${round(x + 1)}" y="${y + 2}" width="11" height="12"/>`);
          parts.push(`<text class="sign" x="${round(x + 2.5)}" y="${y + 12}">${words.named('letter', hand)}</text>`);
        }
        first = false;
        start = stop;
      }
    }
    at += Math.ceil(file.text.length / step);
  }
  const height = Math.ceil(at / columns) * (row + gap);
  const said = hands
    .map(hand => [hand, files.reduce((n, file) => n + file.measures.hands[hand].characters, 0)] as const)
    .filter(([, n]) => n > 0)
    .map(([hand, n]) => `${words.named('hand', hand)} ${words.n(n)}`)
    .join('; ');
  return `<figure><svg class="map" viewBox="-1 -1 ${width + 2} ${height + 2}" role="img" aria-label="${words.t('copy.map')}. ${said}">${parts.join('')}</svg>
<figcaption>${words.t('copy.mapCaption', { step })}</figcaption></figure>`;
}

/** Characters of a cell: a round number. */
function stepOf(units: number): number {
  for (let power = 1; ; power *= 10) {
    for (const step of [1, 2, 5]) if (units / (step * power) <= most) return step * power;
  }
}

function cellsOf({ text, spans }: FileAccount, step: number): Hand[] {
  const cells: Hand[] = [];
  const counts = new Map<Hand, number>();
  let end = step;
  const close = () => {
    let best: Hand = 'unknown';
    let n = 0;
    for (const hand of hands) if ((counts.get(hand) ?? 0) > n) [best, n] = [hand, counts.get(hand)!];
    cells.push(best);
    counts.clear();
  };
  for (const { from, to, hand } of spans) {
    for (let at = from; at < to; ) {
      const stop = Math.min(to, end);
      counts.set(hand, (counts.get(hand) ?? 0) + stop - at);
      at = stop;
      if (at < end) continue;
      close();
      end += step;
    }
  }
  if (text.length % step !== 0) close();
  return cells;
}

function* stretches(cells: readonly Hand[]): Generator<{ hand: Hand; from: number; to: number }> {
  for (let at = 0; at < cells.length; ) {
    let to = at + 1;
    while (to < cells.length && cells[to] === cells[at]) to++;
    yield { hand: cells[at]!, from: at, to };
    at = to;
  }
}
