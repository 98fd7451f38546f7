import { FileSystemError, Uri, type WorkspaceFolder, window, workspace } from 'vscode';
import { tellFailure } from './cli.ts';
import { foldersThat } from './folders.ts';
import type { NewRecord } from './line.ts';
import { restoreBackup } from './restore.ts';
import type { Surface } from './surface.ts';

/** What the command line tells of the journals of a folder's work: `src/cli/attach.ts`. */
interface Attachment {
  readonly work: string | null;
  readonly journal: string | null;
  readonly elsewhere: readonly { readonly journal: string; readonly folder: string; readonly there: boolean }[];
}

/** `unasked`: the folder names no work that is recorded elsewhere. `settled`: it was answered, or put off. */
export type Answer = 'unasked' | 'settled' | NewRecord;

/**
 * A folder whose `holograph.json` names a work that it is not recorded as: moved here, copied, or come from another
 * machine. Which of these, the person is asked; nothing is guessed. One question for a folder at a time.
 */
export class Works {
  readonly #surface: Pick<Surface, 'line' | 'texts' | 'log'>;
  readonly #asked = new Map<string, Promise<Answer>>();

  constructor(surface: Pick<Surface, 'line' | 'texts' | 'log'>) {
    this.#surface = surface;
  }

  /** Asks once in the window's life, and again where the person is about to begin a record. */
  ask(folder: WorkspaceFolder, again = false): Promise<Answer> {
    const key = folder.uri.toString();
    const before = this.#asked.get(key);
    if (before !== undefined && !again) return before;
    const asked = this.#ask(folder);
    this.#asked.set(key, asked);
    return asked;
  }

  /** Asks for every folder of the window that is not recorded, and begins what was chosen. */
  async askAll(begin: (folder: WorkspaceFolder, record: NewRecord) => Promise<void>): Promise<void> {
    const folders = foldersThat(this.#surface.line, state => state.kind === 'notRecorded' && state.why === 'consent');
    // A question may stand unanswered: it keeps no other back.
    const asked = folders.map(async folder => {
      const answer = await this.ask(folder);
      if (typeof answer === 'object') await begin(folder, answer);
    });
    await Promise.all(asked);
  }

  async #ask(folder: WorkspaceFolder): Promise<Answer> {
    const { line, log } = this.#surface;
    if (!(await isNamed(folder))) return 'unasked';
    const result = await line.runCli(folder.uri, ['attach', '--json']);
    if (result.code !== 0) {
      log.warn(`The journals of ${folder.name} could not be looked for: ${result.stderr}`);
      return 'unasked';
    }
    const { work, journal, elsewhere } = JSON.parse(result.stdout) as Attachment;
    if (work === null || journal !== null) return 'unasked';
    if (elsewhere.length === 0) return this.#askUnknown(folder, work);
    return this.#askMoved(folder, elsewhere.find(({ there }) => !there) ?? elsewhere[0]!);
  }

  async #askMoved(folder: WorkspaceFolder, from: Attachment['elsewhere'][number]): Promise<Answer> {
    const { t } = this.#surface.texts;
    const [here, copy, later] = [t('works.here'), t('works.copy'), t('works.later')];
    const question = t(from.there ? 'works.there' : 'works.gone', { folder: folder.name, before: from.folder });
    const answer = await window.showInformationMessage(question, here, copy, later);
    if (answer === copy) return { copies: true };
    if (answer === here) await this.#attach(folder, from.journal);
    return 'settled';
  }

  async #attach(folder: WorkspaceFolder, journal: string): Promise<void> {
    const { line, texts } = this.#surface;
    const result = await line.runCli(folder.uri, ['attach', journal, '--language', texts.language]);
    if (result.code !== 0) return tellFailure(this.#surface, texts.t('works.failed'), result);
    await line.takeUp(folder);
    void window.showInformationMessage(texts.t('works.attached', { folder: folder.name }));
  }

  async #askUnknown(folder: WorkspaceFolder, work: string): Promise<Answer> {
    const { t } = this.#surface.texts;
    const [restore, begin, later] = [t('works.restore'), t('works.begin'), t('works.later')];
    const question = t('works.unknown', { folder: folder.name });
    const answer = await window.showInformationMessage(question, restore, begin, later);
    if (answer === begin) return { work };
    if (answer === restore) await restoreBackup(this.#surface, folder);
    return 'settled';
  }
}

/** Whether a folder's description may name its work: most folders have none, and nothing is started for them. */
async function isNamed(folder: WorkspaceFolder): Promise<boolean> {
  try {
    const bytes = await workspace.fs.readFile(Uri.joinPath(folder.uri, 'holograph.json'));
    return Buffer.from(bytes).includes('"work"');
  } catch (error) {
    if (error instanceof FileSystemError) return false;
    throw error;
  }
}
