import { commands, ProgressLocation, Uri, type WorkspaceFolder, window } from 'vscode';
import type { WorkDocument } from '../cli/describe.ts';
import type { ExhibitsDocument } from '../cli/exhibit.ts';
import { fieldName } from '../evidence/work/words.ts';
import { type Profile, profiles } from '../evidence/work.ts';
import { cancelled, remarks, tellFailure, watching } from './cli.ts';
import { openWorkPage } from './describe/workPage.ts';
import { pickRecorded } from './folders.ts';
import { signPackage } from './sign.ts';
import type { Surface } from './surface.ts';
import { serversIn, stampedBefore } from './timestamp.ts';
import { savedOrAgreed } from './unsaved.ts';

/** `holograph.exportPackage`: for whom, where to, and the evidence package is made. */
export async function exportPackage(surface: Surface): Promise<void> {
  const { line, texts } = surface;
  const folder = await pickRecorded(surface);
  if (folder === undefined || !(await savedOrAgreed(surface, folder))) return;
  const asked = { title: texts.t('export.title'), placeHolder: texts.t('export.pick') };
  const profile = await pickProfile(surface, asked);
  if (profile !== undefined && !(await describedOrAgreed(surface, folder, profile))) return;
  const withheld = profile && (await withheldExhibits(surface, folder));
  const target = withheld && (await pickTarget(surface, folder));
  if (profile === undefined || withheld === undefined || target === undefined) return;
  const result = await window.withProgress(
    { location: ProgressLocation.Notification, title: texts.t('export.making'), cancellable: true },
    async (progress, token) => {
      await line.flush();
      await stampedBefore(surface, folder, token);
      const argv = ['export', '--out', target.fsPath, '--profile', profile, '--language', reportLanguage(surface)];
      const left = withheld.map(name => `--withhold-exhibit=${name}`);
      const clocks = serversIn(surface).flatMap(server => ['--server', server]);
      const made = await line.runCli(folder.uri, [...argv, ...left, ...clocks], watching(surface, progress, token));
      return cancelled(token) ? undefined : made;
    },
  );
  if (result === undefined) return;
  if (result.code !== 0) return tellFailure(surface, texts.t('export.failed'), result);
  const [reveal, sign] = [texts.t('action.showFile'), texts.t('export.sign')];
  // What the command line tells beside its answer, such as files that only the package's journal holds.
  const said = [texts.t('export.done', { file: target.fsPath }), ...remarks(result)].join(' · ');
  const answer = await window.showInformationMessage(said, reveal, sign);
  if (answer === reveal) await commands.executeCommand('revealFileInOS', target);
  if (answer === sign) await signPackage(surface, target);
}

/** Fields that this profile's readers will find empty are named first; it can be exported all the same. */
async function describedOrAgreed(surface: Surface, folder: WorkspaceFolder, profile: Profile): Promise<boolean> {
  const { line, texts } = surface;
  const asked = await line.runCli(folder.uri, ['work', '--profile', profile, '--json']);
  // What stands in the way of asking stands in the way of the export too, which says so.
  if (asked.code === 2) return true;
  const { empty, problems } = JSON.parse(asked.stdout) as WorkDocument;
  const fields = [...new Set([...empty, ...problems.map(({ field }) => field)])];
  if (fields.length === 0) return true;
  const names = fields.map(field => fieldName(field, texts.language) || 'holograph.json').join(', ');
  const items = [
    { label: texts.t('export.describe'), detail: texts.t('export.emptyFields', { fields: names }), anyway: false },
    { label: texts.t('export.anyway'), detail: texts.t('export.anyway.detail'), anyway: true },
  ];
  const picked = await window.showQuickPick(items, { title: texts.t('export.empty') });
  if (picked?.anyway === false) await openWorkPage(folder);
  return picked?.anyway === true;
}

/** Which exhibits stay out of this package; nothing is asked where there are none. `undefined`: nothing was decided. */
async function withheldExhibits(
  { line, texts }: Surface,
  folder: WorkspaceFolder,
): Promise<readonly string[] | undefined> {
  const asked = await line.runCli(folder.uri, ['exhibit', '--json']);
  const exhibits = asked.code === 0 ? (JSON.parse(asked.stdout) as ExhibitsDocument).exhibits : [];
  const items = exhibits
    .filter(({ removed, kept }) => removed === null && kept)
    .map(({ name, file, shows }) => ({ label: name, description: file, detail: shows, picked: true }));
  if (items.length === 0) return [];
  const title = texts.t('export.exhibits');
  const picked = await window.showQuickPick(items, {
    title,
    canPickMany: true,
    placeHolder: texts.t('export.exhibits.pick'),
  });
  if (picked === undefined) return undefined;
  const taken = new Set(picked.map(({ label }) => label));
  return items.flatMap(({ label }) => (taken.has(label) ? [] : [label]));
}

/** For whose readers it is made. */
export async function pickProfile(
  { texts }: Surface,
  asked: { readonly title: string; readonly placeHolder: string },
): Promise<Profile | undefined> {
  const items = profiles.map(profile => ({
    label: texts.t(`profile.${profile}`),
    detail: texts.t(`profile.${profile}.detail`),
    profile,
  }));
  return (await window.showQuickPick(items, asked))?.profile;
}

function pickTarget({ texts }: Surface, folder: WorkspaceFolder): Thenable<Uri | undefined> {
  const day = new Date().toISOString().slice(0, 10);
  return window.showSaveDialog({
    title: texts.t('export.title'),
    saveLabel: texts.t('export.save'),
    // Beside the folder, not in it: a package inside the work would become part of the work.
    defaultUri: Uri.joinPath(folder.uri, '..', `${folder.name}-${day}.zip`),
    filters: { [texts.t('export.zip')]: ['zip'] },
  });
}

function reportLanguage({ settings, texts }: Surface): string {
  return settings.reportLanguage === 'auto' ? texts.language : settings.reportLanguage;
}
