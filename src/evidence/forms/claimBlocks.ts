import type { Report } from '../report.ts';
import type { Profile } from '../work.ts';
import { claimText, usLines } from './claims.ts';
import { type Block, type Cell, fields, table, text } from './form.ts';
import { claimFields } from './register.ts';
import { Wording } from './wording.ts';

/** Section 2 of the report: the claim of its profile with what is not claimed, and the ready text of each registry. */
export function claimBlocks(report: Report, w: Wording): readonly Block[] {
  const us = usLines(report, new Wording('en'));
  const line = (said: readonly string[]): Cell => said.join('; ') || null;
  const asked = (profile: Profile) => (profile === report.profile ? [profile] : []);
  const own: readonly Profile[] = [
    'kz-contribution',
    'kz-composite',
    ...(report.prompts.some(({ protect }) => protect === 'yes') ? (['kz-prompt'] as const) : asked('kz-prompt')),
    ...(report.work.kind === 'program' ? (['kz-program'] as const) : asked('kz-program')),
  ];
  const kazakhstan = own.map((profile): readonly Cell[] => [
    w.t('claim.kz', { kind: w.t(`claimKind.${profile}`) }),
    claimText({ ...report, profile }, w),
  ]);
  const rows: readonly (readonly Cell[])[] = [
    ...kazakhstan,
    [w.t('claim.usLine', { line: 'Author Created' }), line(us.created)],
    [w.t('claim.usLine', { line: 'Material Excluded, Other' }), line(us.excluded)],
    [w.t('claim.usLine', { line: 'Note to Copyright Office' }), us.note],
  ];
  return [
    text(w.t('claim.readyNote'), 'small'),
    fields(...claimFields(report, w)),
    table([w.t('claim.registry'), w.t('claim.text')], rows, ''),
  ];
}
