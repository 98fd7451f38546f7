import { hands } from '../../provenance/origin.ts';
import type { Measures } from '../measures.ts';
import { handClass } from './lines.ts';
import type { Words } from './words.ts';

const width = 760;
const height = 46;

/** One bar of the whole text, a pattern and a letter for each hand. Its text alternative states the same. */
export function shareBar({ characters, hands: counts }: Measures, words: Words): string {
  if (characters === 0) return '';
  let x = 0;
  const parts: string[] = [];
  const said: string[] = [];
  for (const hand of hands) {
    const share = counts[hand].characters / characters;
    if (share === 0) continue;
    said.push(`${words.named('hand', hand)} ${words.percent(share)}`);
    // What is there is seen: never thinner than a line.
    const w = Math.max(share * width, 3);
    const label =
      w > 80 ? `${words.named('letter', hand)} ${words.percent(share)}` : w > 22 ? words.named('letter', hand) : '';
    parts.push(`<rect class="f-${handClass[hand]}" x="${round(x)}" y="0" width="${round(w)}" height="24"/>`);
    if (label !== '') parts.push(`<text x="${round(x + 2)}" y="41">${label}</text>`);
    x += w;
  }
  return `<svg class="share" viewBox="-1 -1 ${round(Math.max(x, width) + 2)} ${height + 2}" role="img" aria-label="${said.join('; ')}">${parts.join('')}<rect class="frame" x="0" y="0" width="${round(x)}" height="24"/></svg>`;
}

/** Patterns that every picture of the page draws with; one definition for all. */
export function patterns(): string {
  return `<svg class="defs" width="0" height="0" aria-hidden="true" focusable="false"><defs>
<pattern id="pat-ma" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="ground-ma" width="6" height="6"/><rect class="ink-ma" width="2.4" height="6"/></pattern>
<pattern id="pat-me" width="5" height="5" patternUnits="userSpaceOnUse"><rect class="ground-me" width="5" height="5"/><circle class="ink-me" cx="2.5" cy="2.5" r="0.9"/></pattern>
<pattern id="pat-ou" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="ground-ou" width="6" height="6"/><rect class="ink-ou" width="6" height="2"/></pattern>
<pattern id="pat-ea" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="ground-ea" width="6" height="6"/><rect class="ink-ea" width="1.4" height="6"/></pattern>
<pattern id="pat-un" width="7" height="7" patternUnits="userSpaceOnUse"><rect class="ground-un" width="7" height="7"/><path class="line-un" d="M0 0L7 7M7 0L0 7"/></pattern>
<pattern id="pat-gap" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect class="ink-gap" width="1" height="8"/></pattern>
</defs></svg>`;
}

/** Two places are enough for a picture, and the same on every machine. */
export function round(n: number): string {
  return String(Math.round(n * 100) / 100);
}
