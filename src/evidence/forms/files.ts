import { type Member, textMember } from '../bag.ts';
import type { PackageLanguage } from '../manifest.ts';
import { printer } from '../printer.ts';
import { authorsOf } from './claims.ts';
import type { Form } from './form.ts';
import { formsOf } from './forms.ts';
import { plainText } from './plain.ts';
import type { FormSource } from './source.ts';
import type { WordAbout } from './word.ts';

/** A form as files. */
export interface FormFiles {
  readonly name: string;
  /** In the language that comes first in it. */
  readonly title: string;
  /** `<name>.docx` and `<name>.pdf`, and `<name>.txt` where its lines are copied. */
  readonly files: readonly Member[];
}

/**
 * The forms of the report's profile, dated by the record's last event. Without a printer, as in `verify.html`, what only a
 * printer makes is empty.
 */
export function formFiles(source: FormSource, language: PackageLanguage): readonly FormFiles[] {
  const { report } = source;
  const date = new Date(report.period.lastEvent ?? '1970-01-01T00:00:00Z');
  const about = { author: authorsOf(report) ?? '', date };
  return formsOf(source, language).map(form => ({
    name: form.name,
    title: form.parts[0]?.title ?? form.name,
    files: filesOf(form, about),
  }));
}

/** Whether only a printer makes the file of this name. */
export function isPrinted(name: string): boolean {
  return !name.endsWith('.txt');
}

function filesOf(form: Form, about: WordAbout): readonly Member[] {
  const { docx, pdf } = printer?.form(form, about) ?? { docx: new Uint8Array(0), pdf: new Uint8Array(0) };
  return [
    { name: `${form.name}.docx`, bytes: docx },
    { name: `${form.name}.pdf`, bytes: pdf },
    ...(form.plain ? [textMember(`${form.name}.txt`, plainText(form))] : []),
  ];
}
