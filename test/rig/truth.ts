import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { script } from './script.ts';

/** A stretch of the final text with the kind that it has by construction. */
export type Truth = readonly (readonly [text: string, kind: string])[];

/** The final text of the scripted session, stretch by stretch. */
export function truth(): Truth {
  const initial = readFileSync(join(import.meta.dirname, 'sample', script.file), 'utf8');
  const [before, after] = initial.split(script.before);
  if (before === undefined || after === undefined) throw new Error('the script and its sample do not fit');
  const kept = script.completion.slice(0, -script.replaced.length);
  return [
    [before, 'initial'],
    ...script.rewritten,
    [after, 'initial'],
    [`\n${script.typed}\n${script.lead}`, 'typed'],
    [kept, 'ai.completion'],
    [`${script.replacement}.\n\n`, 'typed'],
    [script.quotation, 'pasted.external'],
    ['\n', 'typed'],
  ];
}

export function textOf(stretches: Truth): string {
  return stretches.map(([text]) => text).join('');
}

/** The kind of each UTF-16 unit. */
export function kindsOf(stretches: Truth): readonly string[] {
  return stretches.flatMap(([text, kind]) => Array.from({ length: text.length }, () => kind));
}
