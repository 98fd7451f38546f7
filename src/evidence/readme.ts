import { type Member, textMember } from './bag.ts';
import type { Manifest } from './manifest.ts';
import type { Moment } from './moment.ts';

export function readmeMember(manifest: Manifest, _moment: Moment): Member {
  return textMember('README-FIRST.html', manifest.exportId);
}
