import { exhibitName } from '../journal/exhibits.ts';
import type { RestrictionForm } from '../journal/rightsEvent.ts';
import type { EventOf } from './keptEvents.ts';
import { stamp } from './moment.ts';
import { type FilesNow, isOutlived } from './outlived.ts';

/** One act on the reservation of rights against the training of AI models. */
export interface RestrictionEntry {
  readonly form: RestrictionForm;
  readonly act: EventOf<'restriction'>['act'];
  /** Path relative to the folder, with `/`. */
  readonly place: string;
  /** What stood there then; empty where it was removed. */
  readonly text: string;
  /** Where it is to be had, as the person says. */
  readonly address: string | null;
  /** SHA-256 (hex) of the file's bytes then; null: there was no file, or it was taken out of the record. */
  readonly sha256: string | null;
  /** The file was made for it. */
  readonly created: boolean;
  /** When, with the offset from UTC: by the clock of the machine. */
  readonly at: string;
  readonly event: string;
  /** Since when it is published, as the person says. */
  readonly dated: string | null;
  /** The exhibit that shows it, as `EX-01`. */
  readonly exhibit: string | null;
  readonly by: 'person' | 'command';
  /** Nothing later in the record removed or changed it; in a report, the file's recorded text has it still. */
  readonly standing: boolean;
}

interface Kept {
  readonly restriction: readonly EventOf<'restriction'>[];
  readonly exhibit: readonly EventOf<'exhibit'>[];
}

/** The history of one journal, oldest first. `files`: what stands is looked for in them, too. */
export function restrictionEntries(
  journal: string,
  { restriction, exhibit }: Kept,
  files: FilesNow = () => undefined,
): RestrictionEntry[] {
  const last = new Map<string, number>();
  for (const event of restriction) if (event.act !== 'published') last.set(placeOf(event), event.sequence);
  return restriction.map(event => {
    const { form, act, created, dated = null, texts = [], sequence, by, fileDigest } = event;
    const [place = '', said = ''] = texts;
    return {
      form,
      act,
      place,
      text: act === 'published' ? '' : said,
      address: act === 'published' ? said : null,
      sha256: fileDigest === undefined || !/^[0-9a-f]{64}$/.test(fileDigest) ? null : fileDigest,
      created: created === true,
      at: stamp(event),
      event: `${journal}:${sequence}`,
      dated,
      exhibit: exhibitNamed(event.exhibit, exhibit),
      by,
      standing:
        act !== 'removed' &&
        act !== 'published' &&
        last.get(placeOf(event)) === sequence &&
        !isOutlived(files(place), sequence, text => said.split('\n').every(line => text.includes(line))),
    };
  });
}

/**
 * Since when such an entry's form has stood in its place without being removed: the first of the acts that did it. `all`: the
 * history that it is of.
 */
export function standsSince(entry: RestrictionEntry, all: readonly RestrictionEntry[]): string {
  const own = all.filter(one => one.form === entry.form && one.place === entry.place && one.act !== 'published');
  // Where it was set again, it had been taken out before, be it by no act of ours.
  const begins = Math.max(
    own.findLastIndex(({ act }) => act === 'set'),
    own.findLastIndex(({ act }) => act === 'removed') + 1,
  );
  return own[begins]?.at ?? entry.at;
}

/** The name of the exhibit that such an event attached; null: it is none. */
export function exhibitNamed(sequence: number | undefined, all: readonly EventOf<'exhibit'>[]): string | null {
  const rank = sequence === undefined ? -1 : all.findIndex(event => event.sequence === sequence);
  return rank < 0 ? null : exhibitName(rank + 1);
}

function placeOf({ form, texts }: EventOf<'restriction'>): string {
  return `${form} ${texts?.[0] ?? ''}`;
}
