import type { Member } from './bag.ts';
import type { SealedSource } from './integrity.ts';
import type { PackageInputs } from './manifest.ts';

/** `data/report/report.json` and `data/report/report.html`. */
export function reportMembers(_source: SealedSource, _inputs: PackageInputs): readonly Member[] {
  return [];
}
