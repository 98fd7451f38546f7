import { window, workspace } from 'vscode';
import { type Disposable, Store } from '../host/lifecycle.ts';
import type { Problem } from './line.ts';
import { problemText } from './problemText.ts';
import type { Surface } from './surface.ts';

/** How loudly a problem is told. `log`: it stands in the report too, and never interrupts. */
type Voice = 'error' | 'warning' | 'log';

const voices: Readonly<Record<Problem['code'], Voice>> = {
  runtime: 'error',
  corrupt: 'error',
  readonly: 'error',
  full: 'error',
  disk: 'error',
  newer: 'error',
  lost: 'error',
  internal: 'error',
  locked: 'warning',
  worker: 'warning',
  missing: 'warning',
  spooled: 'warning',
  network: 'warning',
  keyReplaced: 'warning',
  notConsented: 'log',
  misfit: 'log',
  search: 'log',
  unreadableFile: 'warning',
  encoding: 'warning',
  vanished: 'warning',
  agentRecord: 'log',
  git: 'warning',
};

const ofOneFile: ReadonlySet<Problem['code']> = new Set(['unreadableFile', 'encoding', 'vanished']);

/**
 * Tells problems: all go to the output channel; of each kind the first in a folder is a message too,
 * which names the file if it is one file's. So is one that hinders what the person asks for.
 */
export class Problems implements Disposable {
  readonly #store = new Store();
  readonly #surface: Pick<Surface, 'line' | 'texts' | 'log'>;
  readonly #told = new Set<string>();

  constructor(surface: Pick<Surface, 'line' | 'texts' | 'log'>) {
    this.#surface = surface;
    this.#store.add(surface.line.onDidMeetProblem(problem => this.#tell(problem)));
  }

  dispose(): void {
    this.#store.dispose();
  }

  #tell(problem: Problem): void {
    const { log } = this.#surface;
    log.warn(['Problem', problem.code, problem.path, problem.detail].filter(part => part !== undefined).join(': '));
    const voice = voices[problem.code];
    const key = `${problem.code} ${problem.folder?.toString() ?? ''}`;
    if (voice === 'log' || (this.#told.has(key) && !problem.asked)) return;
    this.#told.add(key);
    this.#show(problem, voice).catch((failure: unknown) => log.error('A message could not be shown', failure));
  }

  async #show(problem: Problem, voice: 'error' | 'warning'): Promise<void> {
    const { texts, log } = this.#surface;
    const folder = problem.folder && workspace.getWorkspaceFolder(problem.folder)?.name;
    const file = ofOneFile.has(problem.code) ? problem.path : undefined;
    const text = [folder, file, problemText(problem, texts)].filter(part => part !== undefined).join(': ');
    const show = texts.t('action.showLog');
    const message = voice === 'error' ? window.showErrorMessage : window.showWarningMessage;
    if ((await message(text, show)) === show) log.show();
  }
}
