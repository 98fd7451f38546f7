import { ProgressLocation, window } from 'vscode';
import { tellFailure } from './cli.ts';
import type { ReadOnlyDocuments } from './readOnlyDocuments.ts';
import type { Surface } from './surface.ts';

/** `holograph.doctor`: what is wrong with the records on this machine, and on request what can safely be done. */
export async function examineRecords(surface: Surface, documents: ReadOnlyDocuments): Promise<void> {
  const { line, texts } = surface;
  const run = (...more: readonly string[]) =>
    window.withProgress({ location: ProgressLocation.Notification, title: texts.t('doctor.looking') }, () =>
      line.runCli(undefined, ['doctor', '--language', texts.language, ...more]),
    );
  const looked = await run();
  if (looked.code === 2) return tellFailure(surface, texts.t('doctor.failed'), looked);
  if (looked.code === 0) {
    const details = texts.t('action.details');
    if ((await window.showInformationMessage(texts.t('doctor.fine'), details)) !== details) return;
    return documents.show('Holograph.txt', looked.stdout);
  }
  await documents.show('Holograph.txt', looked.stdout);
  const repair = texts.t('doctor.repair');
  if ((await window.showWarningMessage(texts.t('doctor.wrong'), repair)) !== repair) return;
  const mended = await run('--repair');
  if (mended.code === 2) return tellFailure(surface, texts.t('doctor.failed'), mended);
  await documents.show('Holograph.txt', mended.stdout);
}
