import { Uri, window, workspace } from 'vscode';
import type { Surface } from './surface.ts';

/** Characters that a passphrase has at least; see `journal/keptKey.ts`. */
const least = 12;

/** `holograph.keepKey`: a copy of this editor's signing key under a passphrase, in a file that the person picks. */
export async function keepKey({ line, texts }: Surface): Promise<void> {
  const title = texts.t('keyCopy.keep');
  const short = texts.t('keyCopy.short', { least });
  const passphrase = await window.showInputBox({
    title,
    prompt: texts.t('keyCopy.passphrase', { least }),
    password: true,
    ignoreFocusOut: true,
    validateInput: typed => ([...typed].length < least ? short : undefined),
  });
  if (passphrase === undefined) return;
  const again = await window.showInputBox({
    title,
    prompt: texts.t('keyCopy.again'),
    password: true,
    ignoreFocusOut: true,
  });
  if (again === undefined) return;
  if (again !== passphrase) {
    await window.showWarningMessage(texts.t('keyCopy.differ'));
    return;
  }
  const file = await window.showSaveDialog({
    title,
    filters: { PEM: ['pem'] },
    ...besideWork('holograph-key.pem'),
  });
  if (file === undefined) return;
  await workspace.fs.writeFile(file, Buffer.from(await line.keys.copy(passphrase), 'utf8'));
  await window.showInformationMessage(texts.t('keyCopy.kept', { file: file.fsPath }));
}

/** `holograph.restoreKey`: the key of a copy signs again in this editor. */
export async function restoreKey({ line, texts, log }: Surface): Promise<void> {
  const title = texts.t('keyCopy.restore');
  const [file] = (await window.showOpenDialog({ title, filters: { PEM: ['pem'] } })) ?? [];
  if (file === undefined) return;
  const passphrase = await window.showInputBox({
    title,
    prompt: texts.t('keyCopy.its'),
    password: true,
    ignoreFocusOut: true,
  });
  if (passphrase === undefined) return;
  const copy = Buffer.from(await workspace.fs.readFile(file)).toString('utf8');
  try {
    const fingerprint = await line.keys.restore(copy, passphrase);
    await window.showInformationMessage(texts.t('keyCopy.restored', { fingerprint }));
  } catch (error) {
    log.error('the key was not restored:', error instanceof Error ? error : String(error));
    await window.showErrorMessage(texts.t('keyCopy.closed'));
  }
}

/** Beside the folder, not in it: what lies in it is recorded, and shared with it. */
function besideWork(name: string): { readonly defaultUri?: Uri } {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  return folder ? { defaultUri: Uri.joinPath(folder, '..', name) } : {};
}
