import { existsSync, statfsSync } from 'node:fs';
import { placed } from '../evidence/verificationText.ts';
import { Examination } from '../journal/examination.ts';
import { dataHome } from '../journal/home.ts';
import { type Repaired, repair } from '../journal/repair.ts';
import { demandRuntime } from '../journal/runtime.ts';
import type { Trouble } from '../journal/trouble.ts';
import type { Call, Command } from './command.ts';
import { workOf } from './journals.ts';

/** What `holograph doctor --json` prints. Form: `media/schema/doctor.schema.json`. */
export interface DoctorDocument {
  readonly schema: 'holograph.doctor';
  readonly version: 1;
  readonly home: string;
  readonly runtime: { readonly node: string; readonly napi: string };
  /** Bytes that are free where the journals lie; null where nothing was ever recorded. */
  readonly room: number | null;
  readonly journals: number;
  /** Events that were read and checked. */
  readonly events: number;
  readonly troubles: readonly DoctorTrouble[];
}

export interface DoctorTrouble {
  readonly code: Trouble['code'];
  readonly level: Trouble['level'];
  readonly path: string;
  readonly detail: string | null;
  /** `--repair` can do something about it. */
  readonly repairable: boolean;
  /** Null where no repair was asked for. */
  readonly repaired: boolean | null;
  /** Why a repair did not succeed. */
  readonly why: string | null;
}

export const doctorCommand: Command = {
  name: 'doctor',
  usage: '[--repair]',
  about: 'help.doctor',
  most: 0,
  options: { repair: { about: 'help.repair' } },
  run(call) {
    demandRuntime(process.versions.napi);
    const document = examined(call);
    if (call.json) call.document(document);
    else print(call, document);
    return document.troubles.some(({ level, repaired }) => level === 'wrong' && repaired !== true) ? 1 : 0;
  },
};

function examined(call: Call): DoctorDocument {
  const home = dataHome(call.io.env);
  const runtime = { node: process.versions.node, napi: process.versions.napi ?? '' };
  const head = { schema: 'holograph.doctor', version: 1, home, runtime } as const;
  if (!existsSync(home)) return { ...head, room: null, journals: 0, events: 0, troubles: [] };
  const { troubles, journals, events } = new Examination(home, folder => workOf(call, folder).work).run();
  const repaired = call.flag('repair') ? repair(home, troubles) : undefined;
  const { bavail, bsize } = statfsSync(home);
  const told = troubles.map(trouble => troubleOf(trouble, repaired));
  return { ...head, room: bavail * bsize, journals, events, troubles: told };
}

function troubleOf(trouble: Trouble, repaired: readonly Repaired[] | undefined): DoctorTrouble {
  const { code, level, path, detail = null, remedy } = trouble;
  const of = repaired?.find(one => one.trouble === trouble);
  const done = repaired === undefined ? null : (of?.done ?? false);
  return { code, level, path, detail, repairable: remedy !== undefined, repaired: done, why: of?.why ?? null };
}

function print({ words, print }: Call, { home, room, journals, events, troubles }: DoctorDocument): void {
  if (room === null) {
    print(words.t('status.none'));
    return;
  }
  print(words.t('doctor.looked', { home, journals, events, room: words.bytes(room) }));
  if (troubles.length === 0) print(words.t('doctor.fine'));
  for (const { code, level, path, detail, repairable, repaired, why } of troubles) {
    const remedy = `remedy.${code}`;
    const said =
      code === 'diskLow' && detail !== null ? words.bytes(Number(detail)) : placed(detail ?? '', words.language);
    print(`${level === 'wrong' ? '!' : '-'} ${words.t(`trouble.${code}`, { path, detail: said })}`);
    if (repaired === true) print(`    ${words.t('doctor.repaired')}`);
    else if (why !== null) print(`    ${words.t('doctor.notRepaired', { why })}`);
    else if (repairable && repaired === null) print(`    ${words.t('doctor.repairable')}`);
    else if (words.has(remedy)) print(`    ${words.t(remedy)}`);
  }
}
