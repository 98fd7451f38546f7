import type { Report } from '../report.ts';
import { text } from './markup.ts';
import { promptFacts, rewordedBy } from './promptFacts.ts';
import type { Words } from './words.ts';

const shownLinks = 60;

/** The register: each prompt with what it led to. `runs`: ids of the marked runs of each prompt, by its number. */
export function promptRegister(report: Report, words: Words, runs: ReadonlyMap<number, readonly string[]>): string {
  const { prompts, files } = report;
  if (prompts.length === 0) return `<p>${words.t('prompts.none')}</p>`;
  const ranks = new Map(files.map(({ path }, i) => [path, i + 1]));
  const link = (path: string) => {
    const rank = ranks.get(path);
    return rank === undefined ? `<bdi>${text(path)}</bdi>` : `<a href="#f${rank}"><bdi>${text(path)}</bdi></a>`;
  };
  const later = rewordedBy(report);
  const entries = prompts.map(prompt => {
    const { number, agent, model, conversation, asked, by, inserted, retained, unaltered, altered, removed } = prompt;
    const of = new Set(prompt.spans.map(({ file }) => file));
    const places = files.filter(({ path }) => of.has(path)).map(({ path }) => link(path));
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
    const result =
      inserted === 0 && retained === 0
        ? words.t('prompts.noResult')
        : `${words.t('prompts.result', { inserted, retained, unaltered, altered, removed })} ${stands}`;
    const told = promptFacts(prompt, words, { file: link, later: later.get(number) ?? [] });
    return `<article class="prompt" id="p${number}" aria-labelledby="p${number}t"><h3 id="p${number}t">${words.t('prompts.number', { number })}</h3>
<p class="small">${facts.join(' · ')}</p>
<blockquote class="prompt-text" dir="auto">${text(prompt.text)}</blockquote>
<p class="small">${result}</p>${list(told)}</article>`;
  });
  return `<p>${words.t('prompts.intro')}</p>${entries.join('\n')}`;
}

function list(items: readonly string[]): string {
  return items.length === 0 ? '' : `<ul class="small">${items.map(item => `<li>${item}</li>`).join('')}</ul>`;
}

/** Links to the runs in the text; of very many the first. */
function linkList(links: readonly string[], words: Words): string {
  if (links.length === 0) return '';
  const more = links.length > shownLinks ? ` ${words.t('prompts.more', { n: links.length - shownLinks })}` : '';
  return ` (${links.slice(0, shownLinks).join(' ')}${more})`;
}
