import {
  commands,
  FileSystemError,
  Range,
  Selection,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { editOf } from '../../evidence/work/edit.ts';
import { parsedJson } from '../../evidence/work/reading.ts';
import type { Surface } from '../surface.ts';

/**
 * Opens the house's thresholds: `review` of the folder's `holograph.json`, as text, where VS Code completes what can be
 * asked for. Where there is none an empty one is put in, not saved yet: nobody's thresholds are made up.
 */
export async function openReviewPolicy({ texts }: Pick<Surface, 'texts'>, folder: Uri): Promise<void> {
  const uri = Uri.joinPath(folder, 'holograph.json');
  const document = await opened(uri);
  const json = parsedJson(document.getText());
  const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
  if (isObject && !('review' in json)) await putIn(document);
  await commands.executeCommand('vscode.openWith', uri, 'default');
  const at = document.getText().search(/"review"\s*:\s*\{/);
  const editor = window.activeTextEditor;
  if (at < 0 || editor?.document !== document) {
    if (!isObject) void window.showWarningMessage(texts.t('review.policyNoJson'));
    return;
  }
  const inside = document.positionAt(document.getText().indexOf('{', at) + 1);
  editor.selection = new Selection(inside, inside);
  editor.revealRange(new Range(inside, inside));
}

async function opened(uri: Uri): Promise<TextDocument> {
  try {
    return await workspace.openTextDocument(uri);
  } catch (error) {
    try {
      await workspace.fs.stat(uri);
    } catch (missing) {
      if (!(missing instanceof FileSystemError)) throw missing;
      const edit = new WorkspaceEdit();
      edit.createFile(uri, { contents: Buffer.from('{}\n') });
      await workspace.applyEdit(edit);
      return workspace.openTextDocument(uri);
    }
    throw error;
  }
}

async function putIn(document: TextDocument): Promise<void> {
  const found = editOf(document.getText(), ['review'], {});
  if (found === undefined) return;
  const edit = new WorkspaceEdit();
  const range = new Range(document.positionAt(found.from), document.positionAt(found.to));
  edit.replace(document.uri, range, found.insert);
  await workspace.applyEdit(edit);
}
