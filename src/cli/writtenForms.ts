import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { authorsOf } from '../evidence/forms/claims.ts';
import type { Form } from '../evidence/forms/form.ts';
import { plainText } from '../evidence/forms/plain.ts';
import type { Report } from '../evidence/report.ts';
import { type Call, detailOf, Refusal } from './command.ts';
import { writeWhole } from './output.ts';

/**
 * Writes a form into a folder, as DOCX and PDF, and as text where its lines are copied. Gives the files. One that a person has
 * completed is never written over. Throws Refusal.
 */
export async function writtenForm(call: Call, form: Form, report: Report, out: string): Promise<readonly string[]> {
  const folder = resolve(call.io.cwd, out);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new Refusal('error.unwritable', { file: folder, detail: detailOf(error) }, error);
  }
  // Loaded where it is asked for: what sets pages weighs more than all the rest.
  const { printedForm } = await import('../evidence/forms/printedForm.ts');
  const about = { author: authorsOf(report) ?? '', date: new Date(report.period.lastEvent ?? 0) };
  const drawn = printedForm(form, about);
  const contents: readonly (readonly [string, string | Uint8Array])[] = [
    ['docx', drawn.docx],
    ['pdf', drawn.pdf],
    ...(form.plain ? [['txt', plainText(form)] as const] : []),
  ];
  const files = contents.map(([ending, content]) => [join(folder, `${form.name}.${ending}`), content] as const);
  const there = files.find(([file]) => existsSync(file));
  if (there !== undefined) throw new Refusal('error.exists', { file: there[0] });
  for (const [file, content] of files) writeWhole(file, content);
  return files.map(([file]) => file);
}
