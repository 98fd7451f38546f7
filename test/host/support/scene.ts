import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Kind, Placement } from '../../../src/provenance/origin.ts';
import { page } from './driver.ts';
import { until } from './until.ts';

/** The product's own interface, as another extension sees it. */
export interface Api {
  readonly spans: (uri: vscode.Uri) => Promise<SpansDocument>;
}

export interface SpansDocument {
  readonly work: string;
  readonly current: boolean;
  readonly length: number;
  readonly spans: readonly {
    readonly from: number;
    readonly to: number;
    readonly kind: Kind;
    readonly basis: string;
    readonly placedBy: { readonly how: Placement; readonly event: string } | null;
    readonly prompt?: string;
    readonly commit?: string;
  }[];
  readonly commits?: readonly { readonly id: string; readonly author: string }[];
}

export async function productApi(): Promise<Api> {
  const extension = vscode.extensions.getExtension<Api>('holograph.holograph');
  if (!extension) throw new Error('the product is not installed in this window');
  return extension.activate();
}

export function folder(): vscode.WorkspaceFolder {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  if (!first) throw new Error('the window has no folder');
  return first;
}

export function pathOf(name: string): string {
  return join(folder().uri.fsPath, name);
}

/** Writes a file of the work, as another program would. */
export function write(name: string, text: string | Uint8Array): vscode.Uri {
  writeFileSync(pathOf(name), text);
  return vscode.Uri.file(pathOf(name));
}

/** Consent, as the command gives it; resolves when the folder's files are recorded. */
export async function consent(known: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('holograph.startRecording');
  const api = await productApi();
  await until('the first spans', async () => (await spansOrNothing(api, known)) !== undefined);
}

export async function spansOrNothing(api: Api, uri: vscode.Uri): Promise<SpansDocument | undefined> {
  try {
    return await api.spans(uri);
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** One kind a character. */
export function kindsOf({ spans, length }: SpansDocument): Kind[] {
  const kinds = Array<Kind>(length).fill('unknown');
  for (const { from, to, kind } of spans) kinds.fill(kind, from, to);
  return kinds;
}

export async function show(uri: vscode.Uri): Promise<vscode.TextEditor> {
  const editor = await vscode.window.showTextDocument(uri, { preview: false });
  await page.waitFor('.monaco-editor.focused');
  return editor;
}

/** Saves and waits until the save is told of. */
export async function save(document: vscode.TextDocument): Promise<void> {
  await document.save();
  await until('the save', () => !document.isDirty);
}

/** Clipboard and completion come to the window about a second after the key. */
export function breath(milliseconds = 1000): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
