import type { Report } from '../report.ts';
import { text } from './markup.ts';
import type { Words } from './words.ts';

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
    const rows: [string, string][] = [
      [words.t('prompts.asked'), words.dateTime(asked)],
      [words.t('prompts.tool'), `${text(agent)}${model === null ? '' : `, <bdi>${text(model)}</bdi>`}`],
      [words.t('prompts.conversation'), `<code>${text(conversation)}</code>`],
      [words.t('prompts.by'), words.named('prompts.by', by)],
      [words.t('prompts.result'), words.t('prompts.resultText', { inserted, retained })],
      [
        words.t('prompts.places'),
        places.length === 0 ? words.t('prompts.noPlaces') : `${places.join(', ')}${linkList(links)}`,
      ],
    ];
    return `<article class="prompt" id="p${number}" aria-labelledby="p${number}t"><h3 id="p${number}t">${words.t('prompts.number', { number })}</h3>
<table class="facts"><tbody>${rows.map(([name, value]) => `<tr><th scope="row">${name}</th><td>${value}</td></tr>`).join('')}</tbody></table>
<blockquote class="prompt-text" dir="auto">${text(prompt.text)}</blockquote></article>`;
  });
  return `<p>${words.t('prompts.intro')}</p>${entries.join('\n')}`;
}

function linkList(links: readonly string[]): string {
  return links.length === 0 ? '' : ` <span class="runs">(${links.join(' ')})</span>`;
}
