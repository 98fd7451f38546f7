import * as vscode from 'vscode';

const name = 'holograph.json';

/**
 * Copies the work's id, made at consent, to the description of the work at the folder's root: so a copy of the
 * folder still says which record is its own. A file that names a work already, or that is no JSON object, is left
 * as it is. Everything else in it is the author's to write.
 */
export async function writeWorkId(root: vscode.Uri, work: string): Promise<void> {
  const file = vscode.Uri.joinPath(root, name);
  const text = await textOf(file);
  if (text === undefined) {
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(`${JSON.stringify({ work }, undefined, 2)}\n`));
    return;
  }
  const described = parsed(text);
  if (described === undefined || 'work' in described) return;
  const indent = /^\s*\{\r?\n([ \t]+)/.exec(text)?.[1] ?? '  ';
  const withId = `${JSON.stringify({ work, ...described }, undefined, indent)}\n`;
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(withId));
}

async function textOf(file: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}

function parsed(text: string): object | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? json : undefined;
  } catch (error) {
    // The author is at work on it: theirs before ours.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
