import { canonicalJson } from '../journal/canonical.ts';
import type { JournalEvent } from '../journal/event.ts';
import { type Member, textMember } from './bag.ts';
import type { Chronicle } from './chronicle.ts';
import { stamp } from './moment.ts';
import { byCodeUnit } from './names.ts';
import { csvRow } from './promptMembers.ts';

const columns = ['event', 'time', 'act', 'session', 'detail'] as const;

/**
 * `data/custody.csv`: what was done with the record itself, from consent to the last event: who kept it, with what, when
 * it was interrupted, attached to another folder, blanked. After ISO/IEC 27037 (auditability, justifiability). As
 * spreadsheet programs on Russian and Kazakh systems open it.
 */
export function custodyMember(chronicle: Chronicle): Member {
  const { kept } = chronicle;
  const acts: readonly JournalEvent[] = [
    ...kept.started,
    ...kept.consent,
    ...kept.session,
    ...kept.sessionEnd,
    ...kept.paused,
    ...kept.resumed,
    ...kept.key,
    ...kept.skipped,
    ...kept.gap,
    ...kept.redaction,
    ...kept.exhibit,
    ...kept.exhibitRemoved,
    ...kept.milestone,
    ...kept.review,
    ...kept.restriction,
    ...kept.notice,
    ...kept.label,
    ...kept.exported,
  ];
  const rows = acts
    .toSorted((a, b) => a.sequence - b.sequence)
    .map(event => [
      `${chronicle.id}:${event.sequence}`,
      stamp(event),
      event.kind,
      String(event.session),
      detailOf(event),
    ]);
  return textMember('data/custody.csv', `\ufeff${[columns, ...rows].map(csvRow).join('')}`);
}

/** What stands elsewhere in the package and says nothing to a reader. */
const leftOut = new Set([
  'kind',
  'sequence',
  'time',
  'monotonic',
  'zone',
  'session',
  'texts',
  'publicKey',
  'signature',
  'leases',
]);

/** What the event says, field by field, then its texts. */
function detailOf(event: JournalEvent): string {
  const facts = Object.entries(event).sort(([a], [b]) => byCodeUnit(a, b));
  const said = facts.flatMap(([name, value]) => {
    if (leftOut.has(name)) return [];
    const told = typeof value === 'object' ? canonicalJson(value) : String(value);
    return told.length > 300 ? [`${name}=…`] : [`${name}=${told}`];
  });
  return [...said, ...(event.texts ?? [])].join(' · ').replace(/\s+/gu, ' ').trim();
}
