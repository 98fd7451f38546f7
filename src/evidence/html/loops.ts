import type { PromptEntry } from '../register.ts';
import type { Report } from '../report.ts';
import { promptFacts, rewordedBy } from './promptFacts.ts';
import { fileName, quoted } from './tables.ts';
import type { Words } from './words.ts';

/** The prompts of each chain, by the number of its first; chains and their prompts in the order of asking. */
export function chainsOf({ prompts }: Report): readonly (readonly PromptEntry[])[] {
  const chains = new Map<number, PromptEntry[]>();
  for (const prompt of prompts) {
    if (prompt.loop === null) continue;
    const chain = chains.get(prompt.loop.first);
    if (chain === undefined) chains.set(prompt.loop.first, [prompt]);
    else chain.push(prompt);
  }
  return [...chains.values()];
}

/** Section 7: for each step of a chain, what was asked, what came, what was done with it, what was asked in its place. */
export function loopList(report: Report, words: Words): string {
  const chains = chainsOf(report);
  if (chains.length === 0) return '';
  const later = rewordedBy(report);
  const drawn = chains.map(chain => {
    const steps = chain.map(prompt => {
      const { number, inserted, unaltered, altered, removed, edits, answers } = prompt;
      const { made, accepted, rejected, undone } = edits;
      const output = words.t('loops.output', { inserted, edits: made, answers });
      const judged = words.t('loops.judged', { unaltered, altered, removed, accepted, rejected, undone });
      const facts = promptFacts({ ...prompt, loop: null, answers: 0, edits: { ...edits, made: 0 } }, words, {
        file: path => fileName(path, words),
        later: later.get(number) ?? [],
      });
      return `<li><a href="#p${number}">${words.t('prompts.number', { number })}</a> ${quoted(prompt.text, 240)}<ul class="small">${[output, judged, ...facts].map(fact => `<li>${fact}</li>`).join('')}</ul></li>`;
    });
    return `<h3>${words.t('loops.chain', { n: chain[0]!.number })}</h3><ol>${steps.join('')}</ol>`;
  });
  return `<p>${words.t('loops.intro')}</p>${drawn.join('\n')}`;
}
