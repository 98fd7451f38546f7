import { resolve } from 'node:path';
import { packageSoftware } from '../evidence/software.ts';
import { isDay } from '../evidence/work/reading.ts';
import { appendEvents } from '../journal/append.ts';
import type { Consented } from '../journal/catalogue.ts';
import { attachedExhibit } from './attachedExhibit.ts';
import { type Call, Refusal } from './command.ts';
import { byWhom } from './exhibit.ts';
import { pathIn } from './journals.ts';
import type { KnownFolder, Planned } from './reservePlan.ts';

/** Puts on record that a place is to be had at an address, as the person says, with a copy that was fetched from there. */
export function published(call: Call, { file }: Consented, known: KnownFolder, address: string): readonly Planned[] {
  const dated = call.option('date');
  if (dated !== undefined && !isDay(dated)) throw new Refusal('error.day', { date: dated });
  if (call.paths.length === 0) throw new Refusal('error.missing', { what: 'FILE' });
  const standing = call.paths.flatMap(path => {
    const place = pathIn(known.folder, resolve(call.folder, path));
    const own = known.history.filter(one => one.standing && one.place === place);
    if (own.length === 0) throw new Refusal('error.notReserved', { file: path });
    return own;
  });
  const told = standing.map(({ form, place, text }): Planned => ({ form, place, did: 'published', stands: text }));
  if (call.flag('dry-run')) return told;
  const copy = call.option('copy');
  const exhibit =
    copy === undefined ? undefined : attachedExhibit(call, file, { given: copy, what: 'other', shows: address });
  const facts = { ...(dated !== undefined && { dated }), ...(exhibit !== undefined && { exhibit }), by: byWhom(call) };
  appendEvents(
    file,
    packageSoftware,
    standing.map(({ form, place }) => ({
      body: { kind: 'restriction', form, act: 'published', ...facts },
      texts: [place, address],
    })),
  );
  return told;
}
