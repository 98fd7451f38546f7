import * as vscode from 'vscode';
import { EditorKey } from './editorKey.ts';
import { openLog } from './host/log.ts';
import { Settings } from './host/settings.ts';
import { dataHome } from './journal/home.ts';
import { type ExportedApi, exportedApi } from './ui/exportedApi.ts';
import { openUi } from './ui/ui.ts';
import { Window } from './window.ts';

let window: Window | undefined;

/** Builds the line, stage by stage, and takes up the recording of folders that have consent. */
export async function activate(context: vscode.ExtensionContext): Promise<ExportedApi> {
  const log = openLog();
  const settings = new Settings();
  const editor = vscode.env.appName;
  const key = new EditorKey({ secrets: context.secrets, kept: context.globalState, editor, home: dataHome(), log });
  context.subscriptions.push(log, settings, key);
  const line = new Window({
    log,
    settings,
    dist: vscode.Uri.joinPath(context.extensionUri, 'dist'),
    editorData: [vscode.Uri.joinPath(context.globalStorageUri, '..', '..', '..').fsPath],
    software: `holograph ${context.extension.packageJSON.version}`,
    key,
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
