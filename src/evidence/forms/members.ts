import type { Member } from '../bag.ts';
import type { Manifest } from '../manifest.ts';
import { byCodeUnit } from '../names.ts';
import type { Report } from '../report.ts';
import { formFiles, isPrinted } from './files.ts';

export interface FormMembers {
  /** Under `data/forms/`, by name. */
  readonly members: readonly Member[];
  /** Names of those that only a printer makes; without one they are empty. */
  readonly printed: readonly string[];
}

/** The forms of a package's profile as its members. */
export function formMembers(report: Report, { exportId, files, software, language }: Manifest): FormMembers {
  const sealed = { exportId, files: files.map(({ path, fileDigest }) => ({ path, fileDigest })) };
  const members = formFiles({ report, software, sealed }, language)
    .flatMap(form => form.files)
    .map(({ name, bytes }) => ({ name: `data/forms/${name}`, bytes }))
    .sort((a, b) => byCodeUnit(a.name, b.name));
  return { members, printed: members.map(({ name }) => name).filter(isPrinted) };
}
