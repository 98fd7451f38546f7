import * as vscode from 'vscode';
import { openLog } from './host/log.ts';
import { Settings } from './host/settings.ts';
import { newKey, type Signer, signerOf } from './journal/keys.ts';
import { type ExportedApi, exportedApi } from './ui/exportedApi.ts';
import { openUi } from './ui/ui.ts';
import { Window } from './window.ts';

let window: Window | undefined;

/** Builds the line, stage by stage, and takes up the recording of folders that have consent. */
export async function activate(context: vscode.ExtensionContext): Promise<ExportedApi> {
  const log = openLog();
  const settings = new Settings();
  context.subscriptions.push(log, settings);
  const line = new Window({
    log,
    settings,
    dist: vscode.Uri.joinPath(context.extensionUri, 'dist'),
    software: `holograph ${context.extension.packageJSON.version}`,
    signer: once(() => ownSigner(context.secrets)),
  });
  window = line;
  const opened = line.takeUp();
  context.subscriptions.push(line, openUi(context, line, settings, log, opened));
  await opened;
  return exportedApi(line);
}

/** What was seen is kept before the window goes. */
export async function deactivate(): Promise<void> {
  await window?.close();
}

/** This editor's key lies in its secret store and is made on first use. */
async function ownSigner(secrets: vscode.SecretStorage): Promise<Signer> {
  const name = 'holograph.key';
  const kept = await secrets.get(name);
  const privateKey = kept ?? newKey().privateKey;
  if (kept === undefined) await secrets.store(name, privateKey);
  return signerOf(`${vscode.env.appName} ${vscode.env.machineId.slice(0, 8)}`, privateKey);
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
