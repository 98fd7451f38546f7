import { accessSync, constants, existsSync, lstatSync, readdirSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RowState } from './catalogueTable.ts';
import { JournalDatabase } from './database.ts';
import { Fault } from './fault.ts';
import { journalFile } from './home.ts';
import { fileSigner } from './keyFile.ts';
import { networkOf } from './network.ts';
import { JournalError } from './problem.ts';
import { isUnpurged } from './purge.ts';
import { openJournal } from './reader.ts';
import { recoveredFile } from './recovery.ts';
import { connectToRead } from './runtime.ts';
import { spooled } from './spool.ts';
import type { Trouble, TroubleCode } from './trouble.ts';

/** Bytes below which a disk counts as nearly full. */
const scarce = 200 * 2 ** 20;

interface Listed {
  readonly id: string;
  readonly work: string;
  readonly folder: string;
  readonly state: RowState;
}

export interface Examined {
  readonly troubles: readonly Trouble[];
  /** Journals that were looked at, each event of them. */
  readonly journals: number;
  readonly events: number;
}

/**
 * Looks at everything in a data folder and changes nothing: rights, room, catalogue, every event of every journal, what
 * waits in files, keys. `workIn`: the work's id that a folder's own description names.
 */
export class Examination {
  readonly #home: string;
  readonly #workIn: (folder: string) => string | undefined;
  readonly #troubles: Trouble[] = [];
  #events = 0;

  constructor(home: string, workIn: (folder: string) => string | undefined) {
    this.#home = home;
    this.#workIn = workIn;
  }

  /** Throws JournalError where the folder itself cannot be looked into. */
  run(): Examined {
    try {
      return this.#run();
    } catch (error) {
      throw JournalError.from(error, this.#home);
    }
  }

  #run(): Examined {
    this.#place();
    const listed = this.#catalogue();
    const folder = join(this.#home, 'journals');
    const ids = existsSync(folder) ? readdirSync(folder).sort() : [];
    for (const id of ids) this.#journal(id, listed);
    for (const row of listed ?? []) {
      if (!ids.includes(row.id))
        this.#add('gone', row.state === 'aside' ? 'note' : 'wrong', journalFile(this.#home, row.id));
    }
    this.#folders((listed ?? []).filter(({ state }) => state === 'recording' || state === 'paused'));
    this.#key();
    return { troubles: this.#troubles, journals: ids.length, events: this.#events };
  }

  #place(): void {
    const home = this.#home;
    try {
      accessSync(home, constants.W_OK);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.#add('homeReadonly', 'wrong', home, { detail: error.message });
    }
    const kind = networkOf(home);
    if (kind !== undefined) this.#add('network', 'wrong', home, { detail: kind });
    const { bavail, bsize } = statfsSync(home);
    if (bavail * bsize < scarce) this.#add('diskLow', 'wrong', home, { detail: `${bavail * bsize}` });
    this.#rights(home);
    for (const name of readdirSync(home)) {
      if (/^(catalogue\.sqlite|cli-key)/.test(name)) this.#rights(join(home, name));
    }
  }

  /** Rows of the catalogue; undefined where it cannot be read. */
  #catalogue(): Listed[] | undefined {
    const file = join(this.#home, 'catalogue.sqlite');
    const trouble = (detail: string) => this.#add('catalogue', 'wrong', file, { detail, remedy: 'catalogue' });
    if (!existsSync(file)) {
      if (existsSync(join(this.#home, 'journals'))) trouble('missing');
      return undefined;
    }
    try {
      const connection = connectToRead(file);
      try {
        const found = connection.pragma('integrity_check(1)', { simple: true });
        if (found !== 'ok') throw new JournalError({ code: 'corrupt', path: file, detail: String(found) });
        return connection.prepare('SELECT id, work, folder, state FROM journal ORDER BY rowid').all() as Listed[];
      } finally {
        connection.close();
      }
    } catch (error) {
      const { code, detail = code } = JournalError.from(error, file).problem;
      if (code === 'runtime') this.#add('runtime', 'wrong', file, { detail });
      else trouble(detail);
      return undefined;
    }
  }

  #journal(id: string, listed: readonly Listed[] | undefined): void {
    const file = journalFile(this.#home, id);
    const row = listed?.find(one => one.id === id);
    const folder = dirname(file);
    this.#rights(folder);
    for (const name of readdirSync(folder)) {
      if (name.endsWith('.sqlite')) this.#rights(join(folder, name));
      const left = /\.(\d+)\.part$|^recovering\.(\d+)$/.exec(name);
      const pid = Number(left?.[1] ?? left?.[2] ?? 0);
      if (pid > 0 && !runs(pid)) this.#add('leftover', 'note', join(folder, name), { remedy: 'remove' });
    }
    if (!existsSync(file)) {
      // Of a consent that a kill broke off nothing is left but the folder.
      if (row !== undefined) this.#add('gone', row.state === 'aside' ? 'note' : 'wrong', file);
      return;
    }
    const told = this.#content(file);
    this.#spool(file, told?.code === 'damaged');
    if (told === undefined) {
      this.#index(file);
      this.#unpurged(file);
    }
    if (told !== undefined) this.#damaged(file, told, row?.state === 'aside');
    else if (row?.state === 'aside') this.#add(id.includes('~') ? 'fork' : 'setAside', 'note', file);
    else if (row === undefined && listed !== undefined) this.#add('unlisted', 'wrong', file, { remedy: 'enter' });
  }

  /** Reads and checks everything. What is wrong, if anything is. */
  #content(file: string): { readonly code: TroubleCode; readonly detail: string } | undefined {
    try {
      const reader = openJournal(file);
      try {
        const [wrong] = reader.verify().wrong;
        this.#events += reader.size;
        return wrong && { code: 'damaged', detail: `event ${wrong.sequence}: ${wrong.what}: ${wrong.detail}` };
      } finally {
        reader.close();
      }
    } catch (error) {
      const { code, detail = code } = JournalError.from(error, file).problem;
      return { code: code === 'corrupt' ? 'damaged' : code === 'newer' ? 'newer' : 'unreadable', detail };
    }
  }

  #damaged(
    file: string,
    { code, detail }: { readonly code: TroubleCode; readonly detail: string },
    aside: boolean,
  ): void {
    const recovered = recoveredFile(file);
    if (code !== 'damaged') this.#add(code, 'wrong', file, { detail });
    else if (existsSync(recovered)) this.#add('recovered', aside ? 'note' : 'wrong', file, { detail: recovered });
    else this.#add(aside ? 'setAside' : 'damaged', 'wrong', file, { detail, remedy: 'recover' });
  }

  #spool(file: string, damaged: boolean): void {
    for (const { path, state } of spooled(file)) {
      if (state === 'claimed') continue;
      if (damaged) this.#add('stranded', 'note', path, { detail: 'damaged' });
      else if (state === 'waiting') this.#add('spooled', 'wrong', path, { remedy: 'takeIn' });
      else this.#add('stranded', 'note', path, { detail: state });
    }
  }

  /** The index is no evidence: one that cannot be read is made anew from the events. */
  #index(file: string): void {
    const index = join(dirname(file), 'recall.sqlite');
    if (!existsSync(index)) return;
    try {
      const connection = connectToRead(index);
      try {
        const found = connection.pragma('quick_check(1)', { simple: true });
        if (found !== 'ok') throw new JournalError({ code: 'corrupt', path: index, detail: String(found) });
      } finally {
        connection.close();
      }
    } catch (error) {
      const { code, detail = code } = JournalError.from(error, index).problem;
      if (code === 'corrupt') this.#add('index', 'wrong', index, { detail, remedy: 'index' });
    }
  }

  /** A redaction that could not be finished: a reader stood in the way. */
  #unpurged(file: string): void {
    try {
      const database = JournalDatabase.open(file, { readonly: true });
      try {
        if (isUnpurged(database)) this.#add('unpurged', 'wrong', file, { remedy: 'purge' });
      } finally {
        database.close();
      }
    } catch (error) {
      const { code, detail = code } = JournalError.from(error, file).problem;
      this.#add('unreadable', 'wrong', file, { detail });
    }
  }

  #folders(recorded: readonly Listed[]): void {
    for (const { folder, work, id } of recorded) {
      if (!existsSync(folder)) this.#add('folderGone', 'wrong', folder, { detail: id });
      else {
        const named = this.#workIn(folder);
        if (named !== undefined && named !== work) this.#add('otherWork', 'wrong', folder, { detail: named });
      }
      const twin = recorded.find(one => one.work === work && one.folder > folder);
      if (twin !== undefined) this.#add('sameWork', 'note', folder, { detail: twin.folder });
    }
  }

  #key(): void {
    const file = join(this.#home, 'cli-key.pem');
    if (!existsSync(file)) return;
    try {
      fileSigner(file, 'cli');
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      // Wrong rights were told of already.
      if (error.code !== 'keyRights') this.#add('key', 'wrong', file, { detail: error.code });
    }
  }

  /** Windows keeps rights in access lists, which the mode tells nothing of. */
  #rights(path: string): void {
    if (process.platform === 'win32') return;
    const mode = lstatSync(path).mode & 0o777;
    if ((mode & 0o077) !== 0) this.#add('rights', 'wrong', path, { detail: mode.toString(8), remedy: 'rights' });
  }

  #add(code: TroubleCode, level: Trouble['level'], path: string, more: Pick<Trouble, 'detail' | 'remedy'> = {}): void {
    this.#troubles.push({ code, level, path, ...more });
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
