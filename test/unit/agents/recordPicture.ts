import type { AgentEdit, AgentReader, AgentRecords } from '../../../src/agents/agent.ts';

/** All that a reader gives until it has no more. */
export async function readAll(reader: AgentReader): Promise<AgentRecords> {
  const all = await reader.read();
  if (!all.more) return all;
  const rest = await readAll(reader);
  return {
    prompts: [...all.prompts, ...rest.prompts],
    answers: [...all.answers, ...rest.answers],
    edits: [...all.edits, ...rest.edits],
    decisions: [...all.decisions, ...rest.decisions],
    problems: [...all.problems, ...rest.problems],
  };
}

/**
 * Records in one line: `"prompt"@model`, `call file before>after` or `call file old→new` with ` of "prompt"`, `= answer`,
 * `call outcome`, `!problem`. Prompts are named by their text; `-` for none and for a text that is not known.
 */
export function picture({ prompts, answers, edits, decisions, problems }: AgentRecords): string {
  const asked = (id?: string) => JSON.stringify(prompts.find(prompt => prompt.id === id)?.text) ?? '-';
  return [
    ...prompts.map(({ text, model = '?' }) => `${JSON.stringify(text)}@${model}`),
    ...edits.map(edit => `${last(edit.id)} ${edit.file} ${effect(edit)} of ${asked(edit.prompt)}`),
    ...answers.map(({ text, prompt }) => `=${text} of ${asked(prompt)}`),
    ...decisions.map(({ edit, outcome }) => `${last(edit)} ${outcome}`),
    ...problems.map(({ message }) => `!${message}`),
  ]
    .join('; ')
    .replaceAll('\n', '\\n');
}

function effect({ before, after, replaced }: AgentEdit): string {
  const places = replaced ? `${replaced.old}→${replaced.new}${replaced.all ? '*' : ''}` : '';
  const whole =
    before === undefined && after === undefined ? '' : `${before === undefined ? '-' : before}>${after ?? '-'}`;
  return [whole, places].filter(Boolean).join(' ') || '-';
}

function last(id: string): string {
  return id.slice(id.lastIndexOf(':') + 1);
}
