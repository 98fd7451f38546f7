import { resolve } from 'node:path';
import { packageSoftware } from '../evidence/software.ts';
import { Catalogue } from '../journal/catalogue.ts';
import { dataHome } from '../journal/home.ts';
import { type Restored, restore } from '../journal/restore.ts';
import { progress } from './backup.ts';
import { type Call, type Command, Refusal } from './command.ts';
import { isDatabase } from './verify.ts';

/** What `holograph restore --json` prints. Form: `media/schema/restore.schema.json`. */
export interface RestoreDocument {
  readonly schema: 'holograph.restore';
  readonly version: 1;
  readonly result: Restored['kind'];
  readonly journal: string;
  readonly work: string;
  /** Events of the backup. */
  readonly size: number;
  /** The journal that has them now. */
  readonly file: string;
  /** Events of the journal that was here, where there was one that could be read. */
  readonly here: number | null;
  /** Events that both begin with, where they go on differently. */
  readonly fork: number | null;
  /** What is done in the folder is recorded in this journal. */
  readonly records: boolean;
}

export const restoreCommand: Command = {
  name: 'restore',
  usage: 'FILE [--prefer] [--bring-back]',
  about: 'help.restore',
  most: 1,
  options: { prefer: { about: 'help.prefer' }, 'bring-back': { about: 'help.bringBack' } },
  async run(call) {
    const [named] = call.paths;
    if (named === undefined) throw new Refusal('error.missing', { what: 'FILE' });
    const file = resolve(call.io.cwd, named);
    if (!isDatabase(file)) throw new Refusal('error.notBackup', { file });
    const folder = call.option('folder') === undefined ? undefined : call.folder;
    const catalogue = Catalogue.open(dataHome(call.io.env));
    try {
      const onProgress = (share: number) => progress(call, share);
      const asked = {
        file,
        folder,
        prefer: call.flag('prefer'),
        bringBack: call.flag('bring-back'),
        by: 'command',
        software: packageSoftware,
      } as const;
      const restored = await restore(catalogue, { ...asked, onProgress });
      const found = catalogue.all().find(one => one.file === restored.file);
      if (call.json) call.document(documentOf(restored));
      else print(call, restored, found?.folder ?? restored.held.folder);
      return nothingDone.has(restored.kind) ? 1 : 0;
    } finally {
      catalogue.close();
    }
  },
};

const nothingDone: ReadonlySet<Restored['kind']> = new Set(['newer', 'bringsBack', 'inUse']);

function documentOf(restored: Restored): RestoreDocument {
  const { kind, held, file } = restored;
  return {
    schema: 'holograph.restore',
    version: 1,
    result: kind,
    journal: held.journal,
    work: held.work,
    size: held.size,
    file,
    here: hereOf(restored),
    fork: kind === 'fork' ? restored.at : null,
    records: recordsIn(restored),
  };
}

function recordsIn(restored: Restored): boolean {
  switch (restored.kind) {
    case 'restored':
      return restored.records;
    case 'fork':
      return restored.prefers;
    case 'unreadable':
    case 'bringsBack':
      return false;
    case 'same':
    case 'newer':
    case 'continued':
    case 'inUse':
      return true;
  }
}

function hereOf(restored: Restored): number | null {
  switch (restored.kind) {
    case 'newer':
    case 'fork':
      return restored.here;
    case 'same':
      return restored.held.size;
    case 'continued':
      return restored.from;
    case 'restored':
    case 'unreadable':
    case 'bringsBack':
    case 'inUse':
      return null;
  }
}

function print({ words, print }: Call, restored: Restored, folder: string): void {
  const { held, file } = restored;
  const { size } = held;
  switch (restored.kind) {
    case 'restored':
      print(words.t(restored.records ? 'restore.restored' : 'restore.readOnly', { size, folder, file }));
      return;
    case 'continued':
      print(words.t('restore.continued', { size, from: restored.from }));
      return;
    case 'same':
      print(words.t('restore.same', { size }));
      return;
    case 'newer':
      print(words.t('restore.newer', { size, here: restored.here }));
      return;
    case 'fork':
      print(
        words.t(restored.prefers ? 'restore.preferred' : 'restore.fork', {
          at: restored.at,
          here: restored.here,
          size,
          file,
        }),
      );
      return;
    case 'unreadable':
      print(words.t('restore.beside', { size, file }));
      return;
    case 'bringsBack':
      print(words.t('restore.bringsBack', { redactions: restored.redactions }));
      return;
    case 'inUse':
      print(words.t('restore.inUse'));
  }
}
