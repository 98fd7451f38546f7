import type { Report } from '../report.ts';
import { text } from './markup.ts';
import { table, under } from './tables.ts';
import type { Words } from './words.ts';
import { workRows } from './workRows.ts';

/** One AI system that the record names. */
interface System {
  readonly agent: string;
  readonly models: Set<string>;
  prompts: number;
  edits: number;
  inserted: number;
  readonly times: string[];
}

/** The AI systems that prompts and edits name, in the order in which they were first asked. */
export function systemsOf({ prompts, edits }: Report): readonly System[] {
  const systems = new Map<string, System>();
  const of = (agent: string) => {
    const found = systems.get(agent) ?? { agent, models: new Set(), prompts: 0, edits: 0, inserted: 0, times: [] };
    systems.set(agent, found);
    return found;
  };
  for (const { agent, model, inserted, asked } of prompts) {
    const system = of(agent);
    if (model !== null) system.models.add(model);
    system.prompts++;
    system.inserted += inserted;
    system.times.push(asked);
  }
  for (const { agent, made } of edits) of(agent).edits += made;
  return [...systems.values()];
}

/** Characters of AI insertions that are no named system's, such as completions accepted in the editor, and those that stand. */
export function unnamedIn({ prompts, insertions }: Report): { readonly inserted: number; readonly stands: number } {
  const of = (figure: 'inserted' | 'retained') => prompts.reduce((n, prompt) => n + prompt[figure], 0);
  const inserted = Math.max(0, insertions.inserted - of('inserted'));
  return {
    inserted,
    stands: Math.min(inserted, Math.max(0, insertions.inserted - insertions.removed - of('retained'))),
  };
}

/** Section 9: which systems, which models, when, and under which terms. */
export function toolList(report: Report, words: Words): string {
  const systems = systemsOf(report);
  const { inserted: unnamed } = unnamedIn(report);
  const rows = systems.map(({ agent, models, prompts, edits, inserted, times }) => [
    text(agent),
    [...models].map(model => `<bdi>${text(model)}</bdi>`).join('<br>') || '—',
    words.n(prompts),
    words.n(edits),
    words.n(inserted),
    times.length === 0 ? '—' : words.between(times[0]!, times.at(-1)!),
  ]);
  if (unnamed > 0) rows.push([`<em>${words.t('tools.unnamed')}</em>`, '—', '—', '—', words.n(unnamed), '—']);
  const head = ['system', 'models', 'prompts', 'edits', 'inserted', 'period'] as const;
  const terms = workRows(report.work.tools ?? [], 'tools', words);
  return [
    rows.length === 0 ? '' : `<p>${words.t('tools.intro')}</p>`,
    table(
      head.map(name => words.t(`column.${name}`)),
      rows,
      'words',
    ),
    under('tools.terms', words, terms || (rows.length === 0 ? '' : `<p>${words.t('tools.noTerms')}</p>`)),
  ].join('');
}
