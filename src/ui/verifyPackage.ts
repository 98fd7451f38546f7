import { basename } from 'node:path';
import { ProgressLocation, window } from 'vscode';
import { cancelled, tellFailure } from './cli.ts';
import type { CliResult } from './line.ts';
import type { ReadOnlyDocuments } from './readOnlyDocuments.ts';
import type { Surface } from './surface.ts';
import { heldArguments, readVerification, resultText, verificationPage } from './verification.ts';

/**
 * `holograph.verifyPackage`: checks a package or a proof that the person picks, and says the result in words; once more
 * with what the person has from elsewhere, if there is something.
 */
export async function verifyPackage(surface: Surface, documents: ReadOnlyDocuments): Promise<void> {
  const { texts } = surface;
  const picked = await window.showOpenDialog({
    title: texts.t('verify.title'),
    openLabel: texts.t('verify.open'),
    filters: { [texts.t('export.zip')]: ['zip'], 'tlog-proof': ['tlog-proof'] },
  });
  const file = picked?.[0]?.fsPath;
  for (let held: readonly string[] | undefined = []; file !== undefined && held !== undefined; ) {
    held = await checked(surface, documents, file, held);
  }
}

/** Gives what to check with next; undefined when the person has seen enough. */
async function checked(
  surface: Surface,
  documents: ReadOnlyDocuments,
  file: string,
  held: readonly string[],
): Promise<readonly string[] | undefined> {
  const { texts } = surface;
  const result = await run(surface, ['verify', file, ...held]);
  if (result === undefined) return undefined;
  const verification = readVerification(result.stdout);
  if (verification === undefined) {
    await tellFailure(surface, texts.t('verify.failed'), result);
    return undefined;
  }
  const [details, more] = [texts.t('action.details'), texts.t('verify.hold')];
  const message = verification.consistent ? window.showInformationMessage : window.showWarningMessage;
  const actions = verification.consistent || held.length > 0 ? [details, more] : [details];
  const answer = await message(resultText(verification, texts), ...actions);
  if (answer === details)
    await documents.preview('Holograph.md', verificationPage(basename(file), verification, texts));
  if (answer !== more) return undefined;
  const typed = await window.showInputBox({ title: more, prompt: texts.t('verify.holdPrompt'), ignoreFocusOut: true });
  return typed === undefined ? undefined : heldArguments(typed);
}

async function run({ line, texts }: Surface, argv: readonly string[]): Promise<CliResult | undefined> {
  return window.withProgress(
    { location: ProgressLocation.Notification, title: texts.t('verify.checking'), cancellable: true },
    async (_, token) => {
      const done = await line.runCli(undefined, [...argv, '--json', '--language', texts.language], { token });
      return cancelled(token) ? undefined : done;
    },
  );
}
