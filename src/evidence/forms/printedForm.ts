import { hash } from 'node:crypto';
import { printed } from '../pdf.ts';
import { markupOf } from './drawn.ts';
import type { Form } from './form.ts';
import { type WordAbout, wordOf } from './word.ts';

/** A form as it is filed: editable, and for print. */
export interface PrintedForm {
  readonly docx: Uint8Array;
  readonly pdf: Uint8Array;
}

/** The newest, by what they were made of: who exports a package and checks it asks for each twice. */
const kept = new Map<string, PrintedForm>();
const most = 48;

/** A pure function of its arguments. */
export function printedForm(form: Form, about: WordAbout): PrintedForm {
  const key = hash('sha256', JSON.stringify([form, about.author, about.date.getTime()]), 'hex');
  const made = kept.get(key) ?? { docx: wordOf(form, about), pdf: pagesOf(form, about) };
  kept.delete(key);
  kept.set(key, made);
  for (const oldest of kept.keys()) {
    if (kept.size <= most) break;
    kept.delete(oldest);
  }
  return made;
}

function pagesOf(form: Form, { author, date }: WordAbout): Uint8Array {
  const [{ title, language }] = form.parts as [Form['parts'][number]];
  return printed(markupOf(form), { title, kind: title, language, date, author, legend: [] });
}
