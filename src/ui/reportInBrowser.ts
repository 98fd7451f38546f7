import { env, UIKind, type Uri } from 'vscode';
import { pickRecorded } from './folders.ts';
import { servePageOnce } from './pageServer.ts';
import { makeReport, type ReportNeeds } from './reportFile.ts';

/**
 * `holograph.openReportInBrowser`. Where the window and the files are on one machine the browser opens
 * the file itself; elsewhere (remote, container, web) the page is handed over once, over a local port
 * that VS Code forwards.
 */
export async function openReportInBrowser(surface: ReportNeeds): Promise<void> {
  const folder = await pickRecorded(surface);
  const file = folder && (await makeReport(surface, folder));
  if (file !== undefined) await env.openExternal(isLocal() ? file : await handedOver(file));
}

function isLocal(): boolean {
  return env.remoteName === undefined && env.uiKind === UIKind.Desktop;
}

async function handedOver(file: Uri): Promise<Uri> {
  return env.asExternalUri(file.with({ ...(await servePageOnce(file.fsPath)) }));
}
