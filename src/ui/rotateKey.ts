import { env, window } from 'vscode';
import type { Surface } from './surface.ts';

/** `holograph.rotateKey`: asks, and puts a new signing key in the place of this editor's. */
export async function rotateKey({ line, texts }: Surface): Promise<void> {
  const replace = texts.t('key.replace');
  const detail = texts.t('key.replace.detail');
  if ((await window.showWarningMessage(texts.t('key.replace.ask'), { modal: true, detail }, replace)) !== replace)
    return;
  const fingerprint = await line.keys.rotate();
  const copy = texts.t('key.copy');
  if ((await window.showInformationMessage(texts.t('key.replaced', { fingerprint }), copy)) === copy)
    await env.clipboard.writeText(fingerprint);
}
