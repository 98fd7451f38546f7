import { existsSync } from 'node:fs';
import { packageSoftware } from '../evidence/software.ts';
import { attach, elsewhere } from '../journal/attach.ts';
import type { Catalogue, Catalogued } from '../journal/catalogue.ts';
import { type Call, type Command, Refusal } from './command.ts';
import { withCatalogue, workOf } from './journals.ts';

/** What `holograph attach --json` prints. Form: `media/schema/attach.schema.json`. */
export interface AttachDocument {
  readonly schema: 'holograph.attach';
  readonly version: 1;
  readonly folder: string;
  /** Work that the folder's `holograph.json` names. */
  readonly work: string | null;
  /** The journal that records the folder now, before or by this command. */
  readonly journal: string | null;
  /** Journals of that work that record another folder. `there`: that folder is still there. */
  readonly elsewhere: readonly { readonly journal: string; readonly folder: string; readonly there: boolean }[];
}

/**
 * Without an argument it only tells which journals there are of the work that the folder names. It takes one up by its
 * id, or with `--moved` the one whose folder is no longer there: the person says so, nothing is guessed.
 */
export const attachCommand: Command = {
  name: 'attach',
  usage: '[JOURNAL | --moved]',
  about: 'help.attach',
  most: 1,
  options: { moved: { about: 'help.moved' } },
  run(call) {
    const { work = null } = workOf(call, call.folder);
    const document = withCatalogue(call, catalogue => attached(call, catalogue, work)) ?? {
      journal: null,
      elsewhere: [],
    };
    const head = { schema: 'holograph.attach', version: 1, folder: call.folder, work } as const;
    if (call.json) call.document({ ...head, ...document } satisfies AttachDocument);
    else print(call, work, document);
    return 0;
  },
};

type Found = Pick<AttachDocument, 'journal' | 'elsewhere'>;

function attached(call: Call, catalogue: Catalogue, work: string | null): Found {
  const { folder } = call;
  const here = catalogue.at(folder);
  const others = here !== undefined || work === null ? [] : elsewhere(catalogue, work, folder);
  const [named] = call.paths;
  const chosen = named === undefined ? call.flag('moved') && moved(call, others) : byId(catalogue, named);
  if (!chosen) {
    return {
      journal: here?.journal ?? null,
      elsewhere: others.map(one => ({ journal: one.journal, folder: one.folder, there: existsSync(one.folder) })),
    };
  }
  const done = attach(catalogue, { journal: chosen, folder, by: 'command', software: packageSoftware });
  if (done === 'taken') throw new Refusal('error.attachTaken', { folder });
  if (done === 'inUse') throw new Refusal('error.attachInUse', { folder: chosen.folder });
  return { journal: done.journal, elsewhere: [] };
}

/** Throws Refusal unless there is exactly one whose folder is gone. */
function moved(call: Call, others: readonly Catalogued[]): Catalogued {
  const gone = others.filter(one => !existsSync(one.folder));
  const [one, ...more] = gone;
  if (one !== undefined && more.length === 0) return one;
  if (one !== undefined) throw new Refusal('error.attachSeveral', { journals: gone.map(o => o.journal).join(', ') });
  const [there] = others;
  if (there !== undefined) throw new Refusal('error.attachThere', { folder: there.folder, journal: there.journal });
  throw new Refusal('error.attachNone', { folder: call.folder });
}

function byId(catalogue: Catalogue, named: string): Catalogued {
  const all = catalogue.all().filter(one => one.state !== 'aside' && one.journal.startsWith(named));
  const [one, ...more] = all;
  if (one === undefined || named === '') throw new Refusal('error.noJournal', { journal: named });
  if (more.length > 0) throw new Refusal('error.attachSeveral', { journals: all.map(o => o.journal).join(', ') });
  return one;
}

function print({ words, print, folder }: Call, work: string | null, { journal, elsewhere }: Found): void {
  if (journal !== null) print(words.t('attach.recorded', { folder, journal }));
  else if (work === null) print(words.t('attach.noWork', { folder }));
  else if (elsewhere.length === 0) print(words.t('attach.nowhere', { folder, work }));
  for (const one of elsewhere) {
    print(words.t(one.there ? 'attach.there' : 'attach.gone', { journal: one.journal, folder: one.folder }));
  }
}
