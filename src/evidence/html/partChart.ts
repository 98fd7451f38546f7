import { hands } from '../../provenance/origin.ts';
import type { FileAccount } from '../account.ts';
import type { Axes } from '../axes.ts';
import { handClass } from './lines.ts';
import { attribute } from './markup.ts';
import { round } from './shareBar.ts';
import type { Words } from './words.ts';

const left = 190;
const width = 760;
const lane = 20;
const bar = 13;
/** Bars that are drawn: a picture of more is no help. */
const most = 40;

/**
 * A bar for each chapter, scene or declaration, or for each file where none names any; in their order. Nothing for one
 * alone. Names are written as in attributes: an element would end the picture.
 */
export function partChart(files: readonly FileAccount[], words: Words): string {
  const parted = files.some(({ parts }) => parts.length > 1);
  const all = files.flatMap(({ path, axes, parts }): [string, Axes][] =>
    parted && parts.length > 0
      ? parts.flatMap(part => (part.title === '' ? [] : [[part.title, part.axes] as [string, Axes]]))
      : [[path, axes]],
  );
  const sizes = all.map(([, axes]) => axes.characters).sort((a, b) => b - a);
  const least = Math.max(1, sizes[most - 1] ?? 1);
  const shown = all.filter(([, axes]) => axes.characters >= least).slice(0, most);
  if (shown.length < 2) return '';
  const longest = Math.max(...shown.map(([, axes]) => axes.characters));
  const parts: string[] = [];
  const said: string[] = [];
  shown.forEach(([name, axes], rank) => {
    const y = rank * lane;
    parts.push(`<text class="lane" x="${left - 8}" y="${y + 11}">${attribute(short(name))}</text>`);
    let x = left;
    const whole = (axes.characters / longest) * (width - left);
    for (const hand of hands) {
      const n = axes.hands[hand];
      if (n === 0) continue;
      const w = Math.max((n / axes.characters) * whole, 1);
      parts.push(
        `<rect class="f-${handClass[hand]}" x="${round(x)}" y="${y + 1}" width="${round(w)}" height="${bar}"/>`,
      );
      x += w;
    }
    parts.push(`<rect class="frame" x="${left}" y="${y + 1}" width="${round(x - left)}" height="${bar}"/>`);
    said.push(`${short(name)}: ${words.t('column.human')} ${words.range(axes.human)}`);
  });
  const label = attribute(`${words.t('measures.chart')}. ${said.join('; ')}`).replaceAll('&amp;lt;', '&lt;');
  return `<figure><svg class="parts" viewBox="0 0 ${width} ${shown.length * lane + 2}" role="img" aria-label="${label}">${parts.join('')}</svg>
<figcaption>${words.t('measures.chartCaption')}</figcaption></figure>`;
}

function short(name: string): string {
  const characters = [...name];
  return characters.length > 28 ? `${characters.slice(0, 27).join('')}…` : name;
}
