import { commands, ProgressLocation, Uri, window, workspace } from 'vscode';
import type { SignDocument } from '../cli/sign.ts';
import { signerText } from '../evidence/national/verified.ts';
import { placed, plain } from '../evidence/verificationText.ts';
import { cancelled, remarks, tellFailure } from './cli.ts';
import type { CliResult } from './line.ts';
import type { Surface } from './surface.ts';
import { serversIn } from './timestamp.ts';

/**
 * `holograph.signPackage`: puts the national signature, or time stamps, behind the seal of a package that was made in
 * this editor: `made`, else one that the person picks. It stays as it is where nothing comes of it.
 */
export async function signPackage(surface: Surface, made?: Uri): Promise<void> {
  const { texts } = surface;
  const file = made ?? (await pickFile(surface, 'export.zip', ['zip']));
  const asked = file && (await pickWhat(surface));
  if (file === undefined || asked === undefined) return;
  const result = await run(surface, ['sign', file.fsPath, ...asked.argv], asked.waiting);
  if (result === undefined) return;
  const document = result.code === 2 ? undefined : (JSON.parse(result.stdout) as SignDocument);
  if (document === undefined || document.added.length === 0)
    return tellFailure(surface, texts.t('sign.failed'), result);
  const who = document.signatures.map(signature => placed(plain(signerText(signature)), texts.language));
  const said = [texts.t('sign.done', { file: file.fsPath }), ...who, ...remarks(result)].join(' · ');
  const reveal = texts.t('action.showFile');
  if ((await window.showInformationMessage(said, reveal)) === reveal)
    await commands.executeCommand('revealFileInOS', file);
}

interface Asked {
  readonly argv: readonly string[];
  /** What is waited for. */
  readonly waiting: string;
}

async function pickWhat(surface: Surface): Promise<Asked | undefined> {
  const { texts } = surface;
  const servers = serversIn(surface);
  const national = { label: texts.t('sign.national'), detail: texts.t('sign.national.detail') };
  const fromFile = { label: texts.t('sign.file'), detail: texts.t('sign.file.detail') };
  const clocks = { label: texts.t('sign.clocks'), detail: servers.join(', ') };
  const items = [national, fromFile, ...(servers.length > 0 ? [clocks] : [])];
  const picked = await window.showQuickPick(items, { title: texts.t('sign.title'), placeHolder: texts.t('sign.what') });
  switch (picked) {
    case undefined:
      return undefined;
    case national:
      return { argv: [], waiting: texts.t('sign.waiting') };
    case clocks:
      return { argv: servers.flatMap(server => ['--server', server]), waiting: texts.t('timestamp.asking') };
  }
  const cms = await pickFile(surface, 'sign.cms', ['cms', 'p7s', 'sig', 'p7b', 'txt']);
  return cms && { argv: ['--cms', cms.fsPath], waiting: texts.t('sign.adding') };
}

async function pickFile(
  { texts }: Surface,
  kind: 'export.zip' | 'sign.cms',
  endings: string[],
): Promise<Uri | undefined> {
  const [folder] = workspace.workspaceFolders ?? [];
  const picked = await window.showOpenDialog({
    title: texts.t('sign.title'),
    openLabel: texts.t('sign.open'),
    // Beside the folder, where the export puts a package.
    ...(folder && { defaultUri: Uri.joinPath(folder.uri, '..') }),
    filters: { [texts.t(kind)]: endings, '*': ['*'] },
  });
  return picked?.[0];
}

async function run({ line, texts }: Surface, argv: readonly string[], title: string): Promise<CliResult | undefined> {
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (_, token) => {
      const done = await line.runCli(undefined, [...argv, '--json', '--language', texts.language], { token });
      return cancelled(token) ? undefined : done;
    },
  );
}
