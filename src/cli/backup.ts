import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { backUp, type Held } from '../journal/backup.ts';
import { spooled } from '../journal/spool.ts';
import { type Call, type Command, Refusal } from './command.ts';
import { everRecordedAt, withCatalogue } from './journals.ts';

/** What `holograph backup --json` prints. Form: `media/schema/backup.schema.json`. */
export interface BackupDocument {
  readonly schema: 'holograph.backup';
  readonly version: 1;
  /** The backup: absolute. */
  readonly file: string;
  readonly journal: string;
  readonly work: string;
  readonly size: number;
  readonly root: string;
  /** Files of acts that wait to be taken in, and are not in it. */
  readonly waiting: number;
  /** Other journals of the same work on this machine, which have backups of their own. */
  readonly others: readonly string[];
}

export const backupCommand: Command = {
  name: 'backup',
  usage: 'FILE',
  about: 'help.backup',
  most: 1,
  options: {},
  async run(call) {
    const { words } = call;
    const [named] = call.paths;
    if (named === undefined) throw new Refusal('error.missing', { what: 'FILE' });
    const consented = everRecordedAt(call, call.folder);
    const out = fileFor(resolve(call.io.cwd, named), consented.folder);
    if (!existsSync(dirname(out))) throw new Refusal('error.unwritable', { file: out, detail: 'ENOENT' });
    const made: Held | 'otherFile' = await backUp(consented.file, out, share => progress(call, share));
    if (made === 'otherFile') throw new Refusal('error.backupOther', { file: out });
    const { journal, work, size, root } = made;
    const waiting = spooled(consented.file).length;
    const of = withCatalogue(call, catalogue => catalogue.all()) ?? [];
    const others = of.filter(one => one.work === work && one.journal !== journal).map(one => one.file);
    const head = { schema: 'holograph.backup', version: 1 } as const;
    if (call.json) {
      call.document({ ...head, file: out, journal, work, size, root, waiting, others } satisfies BackupDocument);
      return 0;
    }
    call.print(words.t('backup.written', { file: out, size }));
    call.print(words.t('backup.keys'));
    if (waiting > 0) call.note(words.t('backup.waiting', { count: waiting }));
    for (const file of others) call.note(words.t('backup.other', { file }));
    return 0;
  },
};

/** In a folder it is named after the work's folder and the day. */
function fileFor(path: string, folder: string): string {
  if (!existsSync(path) || !statSync(path).isDirectory()) return path;
  return join(path, `${basename(folder)}-${new Date().toISOString().slice(0, 10)}.holograph`);
}

/** Told where a person sits before it. */
export function progress({ io, json }: Call, share: number): void {
  if (json || io.stderr.isTTY !== true) return;
  io.stderr.write(share < 1 ? `\r${Math.floor(share * 100)} %` : '\r      \r');
}
