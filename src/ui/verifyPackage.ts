import { basename } from 'node:path';
import { ProgressLocation, window } from 'vscode';
import { cancelled, tellFailure } from './cli.ts';
import type { ReadOnlyDocuments } from './readOnlyDocuments.ts';
import type { Surface } from './surface.ts';
import { readVerification, resultText, verificationPage } from './verification.ts';

/** `holograph.verifyPackage`: checks a package that the person picks, and says the result in words. */
export async function verifyPackage(surface: Surface, documents: ReadOnlyDocuments): Promise<void> {
  const { line, texts } = surface;
  const picked = await window.showOpenDialog({
    title: texts.t('verify.title'),
    openLabel: texts.t('verify.open'),
    filters: { [texts.t('export.zip')]: ['zip'] },
  });
  const file = picked?.[0]?.fsPath;
  if (file === undefined) return;
  const result = await window.withProgress(
    { location: ProgressLocation.Notification, title: texts.t('verify.checking'), cancellable: true },
    async (_, token) => {
      const checked = await line.runCli(undefined, ['verify', file, '--json', '--language', texts.language], token);
      return cancelled(token) ? undefined : checked;
    },
  );
  if (result === undefined) return;
  const verification = readVerification(result.stdout);
  if (verification === undefined) return tellFailure(surface, texts.t('verify.failed'), result);
  const details = texts.t('action.details');
  const text = resultText(verification, texts);
  const message = verification.consistent ? window.showInformationMessage : window.showWarningMessage;
  if ((await message(text, details)) !== details) return;
  await documents.show('Holograph.md', verificationPage(basename(file), verification, texts));
}
