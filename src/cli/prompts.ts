import type { PromptEntry } from '../evidence/register.ts';
import type { Command } from './command.ts';
import { reportOf } from './report.ts';

/** What `holograph prompts --json` prints. Form: `media/schema/prompts.schema.json`. */
export interface PromptsDocument {
  readonly schema: 'holograph.prompts';
  readonly version: 1;
  /** Id of the work; null where the journal does not say. */
  readonly work: string | null;
  readonly prompts: readonly PromptEntry[];
}

export const promptsCommand: Command = {
  name: 'prompts',
  usage: '[PATH…]',
  about: 'help.prompts',
  options: {},
  run(call) {
    const { prompts, integrity } = reportOf(call);
    const work = integrity[0]?.work ?? null;
    if (call.json) call.document({ schema: 'holograph.prompts', version: 1, work, prompts } satisfies PromptsDocument);
    else if (prompts.length === 0) call.print(call.words.t('prompts.none'));
    else for (const entry of prompts) call.print(described(entry, call.words));
    return 0;
  },
};

function described(entry: PromptEntry, words: Parameters<Command['run']>[0]['words']): string {
  const { number, asked, agent, inserted, retained, text } = entry;
  const model = entry.model ?? words.t('prompts.noModel');
  const head = words.t('prompts.entry', { number, asked, agent, model, inserted, retained });
  // Prompts are foreign text: control characters could rewrite what stands above.
  const lines = text.replace(/[\p{Cc}\p{Cf}]/gu, c => (c === '\n' || c === '\t' ? c : '·')).split('\n');
  return [head, ...lines.map(line => `   ${line}`), ''].join('\n');
}
