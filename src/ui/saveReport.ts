import { commands, Uri, window } from 'vscode';
import { pickRecorded } from './folders.ts';
import { writeReport } from './reportFile.ts';
import type { Surface } from './surface.ts';
import { savedOrAgreed } from './unsaved.ts';

/** `holograph.saveReport`: the report as a PDF, for print and deposit, where the person wants it. */
export async function saveReport(surface: Surface): Promise<void> {
  const { texts } = surface;
  const folder = await pickRecorded(surface);
  if (folder === undefined || !(await savedOrAgreed(surface, folder))) return;
  const target = await window.showSaveDialog({
    title: texts.t('report.save.title'),
    // Beside the folder, not in it: a report inside the work would become part of the work.
    defaultUri: Uri.joinPath(folder.uri, '..', `${folder.name}.pdf`),
    filters: { PDF: ['pdf'] },
  });
  const file = target && (await writeReport(surface, folder, { as: 'pdf', file: target }));
  if (file === undefined) return;
  const reveal = texts.t('action.showFile');
  const answer = await window.showInformationMessage(texts.t('report.save.done', { file: file.fsPath }), reveal);
  if (answer === reveal) await commands.executeCommand('revealFileInOS', file);
}
