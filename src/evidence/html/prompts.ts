import type { Report } from '../report.ts';
import { text } from './markup.ts';
import type { Words } from './words.ts';

const shownLinks = 60;

/** The register: each prompt with what it led to. `runs`: ids of the marked runs of each prompt, by its number. */
export function promptRegister(
  { prompts, files }: Report,
  words: Words,
  runs: ReadonlyMap<number, readonly string[]>,
): string {
  if (prompts.length === 0) return `<p>${words.t('prompts.none')}</p>`;
  const entries = prompts.map(prompt => {
    const { number, agent, model, conversation, asked, by, inserted, retained } = prompt;
    const places = files
      .map(({ path }, i) => {
        const spans = prompt.spans.filter(span => span.file === path);
        return spans.length === 0 ? '' : `<a href="#f${i + 1}"><bdi>${text(path)}</bdi></a>`;
      })
      .filter(place => place !== '');
    const links = (runs.get(number) ?? []).map((id, i) => `<a href="#${id}">${number}.${i + 1}</a>`);
    const facts = [
      words.dateTime(asked),
      `${text(agent)}${model === null ? '' : `, <bdi>${text(model)}</bdi>`}`,
      `${words.t('prompts.conversation')} <code>${text(conversation)}</code>`,
      `${words.t('prompts.by')} ${words.named('prompts.by', by)}`,
    ];
    const stands =
      places.length === 0
        ? words.t('prompts.noPlaces')
        : `${words.t('prompts.places')} ${places.join(', ')}${linkList(links, words)}.`;
    return `<article class="prompt" id="p${number}" aria-labelledby="p${number}t"><h3 id="p${number}t">${words.t('prompts.number', { number })}</h3>
<p class="small">${facts.join(' · ')}</p>
<blockquote class="prompt-text" dir="auto">${text(prompt.text)}</blockquote>
<p class="small">${words.t('prompts.result', { inserted, retained })} ${stands}</p></article>`;
  });
  return `<p>${words.t('prompts.intro')}</p>${entries.join('\n')}`;
}

/** Links to the runs in the text; of very many the first. */
function linkList(links: readonly string[], words: Words): string {
  if (links.length === 0) return '';
  const more = links.length > shownLinks ? ` ${words.t('prompts.more', { n: links.length - shownLinks })}` : '';
  return ` (${links.slice(0, shownLinks).join(' ')}${more})`;
}
