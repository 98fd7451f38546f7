import { type CancellationToken, type Progress, window } from 'vscode';
import type { CliResult, CliWatch } from './line.ts';
import type { Surface } from './surface.ts';

/** The last line of the command line's diagnostics: the one clear line that its contract promises. */
export function complaint({ stderr }: CliResult): string {
  const last = stderr.trim().split('\n').at(-1)?.trim() ?? '';
  return last.replace(/^holograph: /, '');
}

/** What the command line told beside an answer that it gave, in order; what the runtime warns of is not among it. */
export function remarks({ stderr }: CliResult): readonly string[] {
  return stderr.split('\n').flatMap(line => /^holograph: (.*)$/.exec(line.trim())?.[1] ?? []);
}

/** Says in words that the command line could not do what was asked, with a way to its diagnostics. */
export async function tellFailure(
  { texts, log }: Pick<Surface, 'texts' | 'log'>,
  said: string,
  result: CliResult,
): Promise<void> {
  log.error(`${said} (${result.code})\n${result.stderr}`);
  const show = texts.t('action.showLog');
  const message = [said, complaint(result)].filter(part => part !== '').join(' ');
  if ((await window.showErrorMessage(message, show)) === show) log.show();
}

/** Shows in a progress message what a run is doing, and hands on its cancelling. */
export function watching(
  { texts }: Pick<Surface, 'texts'>,
  progress: Progress<{ message?: string }>,
  token: CancellationToken,
): CliWatch {
  return { token, onStage: stage => progress.report({ message: texts.t(`stage.${stage}`) }) };
}

export function cancelled(token: CancellationToken | undefined): boolean {
  return token?.isCancellationRequested === true;
}
