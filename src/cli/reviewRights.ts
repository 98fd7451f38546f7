import { resolve } from 'node:path';
import type { HousePolicy } from '../evidence/work/policy.ts';
import type { Consented } from '../journal/catalogue.ts';
import type { Looked, LookedFile, RightsFault } from '../rights/review.ts';
import type { Call } from './command.ts';
import { textOnDisk } from './diskText.ts';
import { labelFaultsIn } from './label.ts';
import { faultsOf } from './reserveCheck.ts';
import { knownOf } from './reservePlan.ts';

/** What the labels and the reservation say otherwise than the record: looked at where the house asks for it. */
export function rightsIn(
  call: Call,
  consented: Consented,
  { files }: Looked,
  policy: HousePolicy | undefined,
): Pick<Looked, 'labels' | 'reservations'> {
  return {
    ...(policy?.labelled && { labels: labels(call, consented, files) }),
    ...(policy?.reserved && { reservations: reservations(call, consented) }),
  };
}

/** Labels are looked for in the files as they stand on the disk: of a text that is another one there nothing is known. */
function labels(call: Call, consented: Consented, files: readonly LookedFile[]): RightsFault[] {
  const { folder, journal } = consented;
  const there = files.filter(({ account, stands }) => {
    return stands && account.journal === journal && textOnDisk(resolve(folder, account.path), account) === account.text;
  });
  const asked = new Set(there.map(({ account }) => account.path));
  const found = asked.size === 0 ? [] : labelFaultsIn(call, consented, [...asked]);
  return [
    ...found.map(({ file, why, detail }) => ({ file, detail: call.words.t(`label.fault.${why}`, { detail }) })),
    ...files.flatMap(({ account: { path } }): RightsFault[] => {
      return asked.has(path) ? [] : [{ file: path, detail: call.words.t('review.why.notAsked') }];
    }),
  ];
}

function reservations(call: Call, consented: Consented): RightsFault[] {
  return faultsOf(knownOf(consented), []).map(({ form, place, why, detail }) => ({
    file: place,
    detail: `${call.words.t(`reserve.form.${form}`)}: ${call.words.t(`reserve.fault.${why}`, { detail })}`,
  }));
}
