import { statedRedaction } from '../journal/verifyRedactions.ts';
import { type Member, textMember } from './bag.ts';
import type { Chronicle } from './chronicle.ts';
import { stamp } from './moment.ts';
import { csvRow } from './promptMembers.ts';
import type { TakenAccount } from './takenOut.ts';

const columns = ['redaction', 'time', 'by', 'reason', 'event', 'words', 'digests'] as const;

/**
 * `data/journal/redactions.csv`: how many words and digests of which event are not there, by which redaction; without one:
 * they were left out of this package, or taken out later. Undefined where all is there.
 */
export function redactionMember(
  { id, kept }: Chronicle,
  { withheld }: Pick<TakenAccount, 'withheld'>,
): Member | undefined {
  const stated = kept.redaction.flatMap(event => {
    const { time, zone, by, reason } = statedRedaction(event);
    const said = [`${id}:${event.sequence}`, stamp({ time, zone }), by, reason.replace(/\s+/gu, ' ').trim()];
    return event.events.map(({ sequence, parts, digests }) => [
      ...said,
      `${id}:${sequence}`,
      String(parts),
      String(digests),
    ]);
  });
  const left = [...withheld].map(([sequence, { parts, digests }]) => [
    ...['', '', '', ''],
    `${id}:${sequence}`,
    String(parts),
    String(digests),
  ]);
  const rows = [...stated, ...left];
  if (rows.length === 0) return undefined;
  return textMember('data/journal/redactions.csv', `\ufeff${[columns, ...rows].map(csvRow).join('')}`);
}
