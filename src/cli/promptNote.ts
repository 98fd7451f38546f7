import type { PromptEntry } from '../evidence/register.ts';
import { packageSoftware } from '../evidence/software.ts';
import { appendEvents } from '../journal/append.ts';
import { Refusal } from './command.ts';

const marks = { yes: { protect: true }, no: { protect: false }, undecided: {} } as const;

/**
 * Appends what the author says of a prompt. What is not given stays as it is; an empty text takes the note away. Throws
 * Refusal where neither is given, or the mark is none.
 */
export function noted(
  journal: string,
  { id, note, protect }: PromptEntry,
  { text, protect: mark = protect }: { readonly text: string | undefined; readonly protect: string | undefined },
): void {
  if (text === undefined && mark === protect) throw new Refusal('error.missing', { what: 'TEXT | --protect' });
  if (!isMark(mark)) throw new Refusal('error.promptMark', { mark });
  const said = (text ?? note?.text ?? '').replaceAll('\r\n', '\n').trim();
  const body = { kind: 'promptNote', prompt: id, ...marks[mark] } as const;
  appendEvents(journal, packageSoftware, [{ body, texts: [said] }]);
}

function isMark(mark: string): mark is keyof typeof marks {
  return Object.hasOwn(marks, mark);
}
