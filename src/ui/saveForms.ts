import { commands, ProgressLocation, Uri, type WorkspaceFolder, window } from 'vscode';
import type { FormsDocument } from '../cli/forms.ts';
import type { Profile } from '../evidence/work.ts';
import { cancelled, remarks, tellFailure, watching } from './cli.ts';
import { pickProfile } from './exportPackage.ts';
import { pickRecorded } from './folders.ts';
import type { Surface } from './surface.ts';
import { savedOrAgreed } from './unsaved.ts';

/** `holograph.saveForms`: the forms of a profile, to be completed, apart from a package. */
export async function saveForms(surface: Surface): Promise<void> {
  const { line, texts, settings } = surface;
  const folder = await pickRecorded(surface);
  if (folder === undefined || !(await savedOrAgreed(surface, folder))) return;
  const profile = await pickProfile(surface, { title: texts.t('forms.title'), placeHolder: texts.t('forms.pick') });
  const target = profile && (await pickTarget(surface, folder, profile));
  if (profile === undefined || target === undefined) return;
  const language = settings.reportLanguage === 'auto' ? texts.language : settings.reportLanguage;
  const argv = ['forms', target.fsPath, '--profile', profile, '--language', language, '--json'];
  const result = await window.withProgress(
    { location: ProgressLocation.Notification, title: texts.t('forms.making'), cancellable: true },
    async (progress, token) => {
      await line.flush();
      const made = await line.runCli(folder.uri, argv, watching(surface, progress, token));
      return cancelled(token) ? undefined : made;
    },
  );
  if (result === undefined) return;
  if (result.code !== 0) return tellFailure(surface, texts.t('forms.failed'), result);
  const { forms, folder: where } = JSON.parse(result.stdout) as FormsDocument;
  const reveal = texts.t('action.showFile');
  const said = [texts.t('forms.done', { n: forms.length, folder: where }), ...remarks(result)].join(' · ');
  const [first] = forms.flatMap(({ files }) => files);
  const shown = first === undefined ? target : Uri.joinPath(Uri.file(where), first);
  if ((await window.showInformationMessage(said, reveal)) === reveal)
    await commands.executeCommand('revealFileInOS', shown);
}

/** A new folder in the one that the person picks: beside the work at first, for a form in it would become part of it. */
async function pickTarget({ texts }: Surface, folder: WorkspaceFolder, profile: Profile): Promise<Uri | undefined> {
  const [picked] =
    (await window.showOpenDialog({
      title: texts.t('forms.where'),
      openLabel: texts.t('forms.save'),
      defaultUri: Uri.joinPath(folder.uri, '..'),
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  return picked && Uri.joinPath(picked, `${folder.name}-forms-${profile}`);
}
