import { type Member, textMember } from '../bag.ts';
import type { Manifest } from '../manifest.ts';
import { type Moment, stamp } from '../moment.ts';
import { byCodeUnit } from '../names.ts';
import { printer } from '../printer.ts';
import type { Report } from '../report.ts';
import { authorsOf } from './claims.ts';
import type { Form } from './form.ts';
import { formsOf } from './forms.ts';
import { plainText } from './plain.ts';

/** A package's folder of forms. */
const folder = 'data/forms';

export interface FormMembers {
  readonly members: readonly Member[];
  /** Names of those that only a printer makes; without one they are empty. */
  readonly printed: readonly string[];
}

/** By name: `data/forms/<name>.docx` and `.pdf` of each form of the package's profile, and `.txt` of those whose lines are copied. */
export function formMembers(report: Report, manifest: Manifest, moment: Moment): FormMembers {
  const { exportId, files, software, language } = manifest;
  const sealed = { exportId, files: files.map(({ path, fileDigest }) => ({ path, fileDigest })) };
  const about = { author: authorsOf(report) ?? '', date: new Date(stamp(moment)) };
  const members = formsOf({ report, software, sealed }, language).flatMap(form => {
    const drawn = drawnForm(form, about);
    const made = (['docx', 'pdf'] as const).map(ending => ({
      name: `${folder}/${form.name}.${ending}`,
      bytes: drawn[ending],
    }));
    return [...made, ...(form.plain ? [textMember(`${folder}/${form.name}.txt`, plainText(form))] : [])];
  });
  members.sort((a, b) => byCodeUnit(a.name, b.name));
  return { members, printed: members.map(({ name }) => name).filter(name => !name.endsWith('.txt')) };
}

/** A form as files; empty without a printer. */
function drawnForm(
  form: Form,
  about: { readonly author: string; readonly date: Date },
): Readonly<Record<'docx' | 'pdf', Uint8Array>> {
  return printer?.form(form, about) ?? { docx: new Uint8Array(0), pdf: new Uint8Array(0) };
}
