import { env, window } from 'vscode';
import type { Surface } from './surface.ts';

/** `holograph.rotateKey`: asks, and puts a new signing key in the place of this editor's. */
export async function rotateKey({ line, texts }: Surface): Promise<void> {
  const replace = texts.t('key.replace');
  const detail = texts.t('key.replace.detail');
  if ((await window.showWarningMessage(texts.t('key.replace.ask'), { modal: true, detail }, replace)) !== replace)
    return;
  const fingerprint = await line.keys.rotate();
  await tell(texts, texts.t('key.replaced', { fingerprint }), fingerprint);
}

/** `holograph.showKey`: the fingerprint to give to those who shall know the author's packages. */
export async function showKey({ line, texts }: Surface): Promise<void> {
  const fingerprint = await line.keys.fingerprint();
  await tell(texts, texts.t('key.shown', { fingerprint }), fingerprint);
}

async function tell(texts: Surface['texts'], said: string, fingerprint: string): Promise<void> {
  const copy = texts.t('key.copy');
  if ((await window.showInformationMessage(said, copy)) === copy) await env.clipboard.writeText(fingerprint);
}
