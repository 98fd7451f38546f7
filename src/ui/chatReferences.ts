import { type ChatPromptReference, Location, Uri, workspace } from 'vscode';

/** Characters of all that the person attached to a prompt that are passed on. */
const most = 200_000;

/** What the person attached to a prompt, as texts with their names. A file that cannot be read is named all the same. */
export async function chatReferences(references: readonly ChatPromptReference[]): Promise<string[]> {
  const texts: string[] = [];
  let left = most;
  for (const { value } of references) {
    const text = (await textOf(value))?.slice(0, left);
    if (text === undefined) continue;
    texts.push(text);
    left -= text.length;
  }
  return texts;
}

async function textOf(value: unknown): Promise<string | undefined> {
  if (typeof value === 'string') return value;
  const uri = value instanceof Location ? value.uri : value instanceof Uri ? value : undefined;
  if (uri === undefined) return undefined;
  const name = workspace.asRelativePath(uri);
  const whole = await read(uri);
  if (whole === undefined) return name;
  const lines = whole.split(/\r?\n/);
  const own = value instanceof Location ? lines.slice(value.range.start.line, value.range.end.line + 1) : lines;
  return `${name}:\n\n${own.join('\n')}`;
}

/** As it stands in an editor, else in the file. */
async function read(uri: Uri): Promise<string | undefined> {
  const open = workspace.textDocuments.find(document => `${document.uri}` === `${uri}`);
  if (open !== undefined) return open.getText();
  try {
    return Buffer.from(await workspace.fs.readFile(uri)).toString('utf8');
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}
