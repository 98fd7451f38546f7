import { ProgressLocation, type TextEditor, type WorkspaceFolder, window, workspace } from 'vscode';
import type { RedactionDocument } from '../cli/redact.ts';
import { remarks, tellFailure } from './cli.ts';
import { hasJournal, pickRecorded } from './folders.ts';
import type { CliResult } from './line.ts';
import { offsetOf } from './offsets.ts';
import type { Surface } from './surface.ts';

/** Longer selections are taken as the passage that they are, not looked for elsewhere. */
const longestWords = 200;
/** Of the words that would go so many are named; the question has to stay short enough to be read. */
const mostWords = 12;

/**
 * `holograph.redact`: what is to be taken out of the record (the selection where it stands and stood, the same words
 * everywhere, other words, a prompt), why, and a last question that says how much it is and that it cannot be undone.
 */
export async function redact(surface: Surface): Promise<void> {
  const { line, texts } = surface;
  const editor = window.activeTextEditor;
  const folder = recordedFolderOf(surface, editor) ?? (await pickRecorded(surface));
  if (folder === undefined) return;
  await line.flush();
  const target = await pickTarget(surface, folder, editor);
  const reason = target && (await askReason(surface));
  if (target === undefined || reason === undefined) return;
  const argv = ['redact', ...target, `--reason=${reason}`, '--json', '--language', texts.language];
  const would = await line.runCli(folder.uri, [...argv, '--dry-run']);
  if (would.code !== 0) return tellFailure(surface, texts.t('redact.failed'), would);
  const found = JSON.parse(would.stdout) as RedactionDocument;
  if (found.events === 0) return void window.showInformationMessage(texts.t('redact.nothing'));
  const take = texts.t('redact.take');
  const { words, events, files } = found;
  const said = texts.t('redact.ask', { words, events, files: files.length });
  const detail = [...among(surface, found), texts.t('redact.ask.detail')].join('\n\n');
  if ((await window.showWarningMessage(said, { modal: true, detail }, take)) !== take) return;
  const result = await window.withProgress(
    { location: ProgressLocation.Notification, title: texts.t('redact.taking') },
    () => line.runCli(folder.uri, [...argv, '--yes']),
  );
  await tell(surface, result);
}

/** The words that would go, most frequent first: a short name begins other words too. Letters typed one by one are none. */
function among({ texts }: Surface, { taken = [] }: RedactionDocument): readonly string[] {
  const words = taken.filter(({ word }) => word.length > 1).toSorted((a, b) => b.count - a.count);
  if (words.length === 0) return [];
  const shown = words
    .slice(0, mostWords)
    .map(({ word, count }) => `${word.replace(/[\p{Cc}\p{Cf}]/gu, '·')} ×${count}`);
  return [texts.t('redact.ask.words', { words: [...shown, ...(words.length > mostWords ? ['…'] : [])].join(', ') })];
}

async function tell(surface: Surface, result: CliResult): Promise<void> {
  if (result.code !== 0) return tellFailure(surface, surface.texts.t('redact.failed'), result);
  const { words, events, stillIn } = JSON.parse(result.stdout) as RedactionDocument;
  const { texts } = surface;
  const still = stillIn.length === 0 ? [] : [texts.t('redact.stillIn', { files: stillIn.join(', ') })];
  const said = [texts.t('redact.done', { words, events }), ...still, ...remarks(result)].join(' · ');
  await window.showInformationMessage(said);
}

function recordedFolderOf({ line }: Surface, editor: TextEditor | undefined): WorkspaceFolder | undefined {
  const folder = editor && workspace.getWorkspaceFolder(editor.document.uri);
  return folder !== undefined && hasJournal(line.stateOf(folder.uri)) ? folder : undefined;
}

type Item = { readonly label: string; readonly detail?: string; argv(): Promise<readonly string[] | undefined> };

/** The options of `holograph redact` that name what is to go. */
async function pickTarget(surface: Surface, folder: WorkspaceFolder, editor: TextEditor | undefined) {
  const { texts } = surface;
  const items: Item[] = [
    ...(editor === undefined ? [] : selected(surface, folder, editor)),
    {
      label: texts.t('redact.words'),
      detail: texts.t('redact.words.detail'),
      argv: async () => {
        const words = await window.showInputBox({
          title: texts.t('redact.title'),
          prompt: texts.t('redact.words.ask'),
        });
        return words === undefined || words.trim() === '' ? undefined : [`--name=${words.trim()}`];
      },
    },
    { label: texts.t('redact.prompt'), argv: () => pickPrompt(surface, folder) },
  ];
  const picked = await window.showQuickPick(items, {
    title: texts.t('redact.title'),
    placeHolder: texts.t('redact.pick'),
  });
  return picked?.argv();
}

function selected({ texts }: Surface, folder: WorkspaceFolder, { document, selection }: TextEditor): Item[] {
  const words = document.getText(selection).replaceAll('\r\n', '\n');
  if (!/\S/.test(words)) return [];
  const [from, to] = [offsetOf(document, selection.start), offsetOf(document, selection.end)];
  const passage = ['--file', document.uri.fsPath, '--from', `${from}`, '--to', `${to}`, `--expect=${words}`];
  const short = words.length > 60 ? `${words.slice(0, 59)}…` : words;
  const items: Item[] = [];
  // Offsets in a cell of a notebook are not those of its file.
  if (document.uri.scheme === folder.uri.scheme)
    items.push({
      label: texts.t('redact.passage'),
      detail: texts.t('redact.passage.detail'),
      argv: async () => passage,
    });
  if (words.length <= longestWords)
    items.push({ label: texts.t('redact.everywhere'), detail: short, argv: async () => [`--text=${words}`] });
  return items;
}

async function pickPrompt(surface: Surface, folder: WorkspaceFolder): Promise<readonly string[] | undefined> {
  const { line, texts } = surface;
  const result = await line.runCli(folder.uri, ['prompts', '--json']);
  if (result.code !== 0) {
    await tellFailure(surface, texts.t('redact.failed'), result);
    return undefined;
  }
  const { prompts } = JSON.parse(result.stdout) as { prompts: { id: string; asked: string; text: string }[] };
  if (prompts.length === 0) {
    void window.showInformationMessage(texts.t('redact.prompt.none'));
    return undefined;
  }
  const items = prompts.map(({ id, asked, text }) => ({
    label: text.replace(/\s+/g, ' ').slice(0, 80),
    description: asked,
    id,
  }));
  const picked = await window.showQuickPick(items, {
    title: texts.t('redact.title'),
    placeHolder: texts.t('redact.prompt.pick'),
  });
  return picked && [`--prompt=${picked.id}`];
}

function askReason({ texts }: Surface): Thenable<string | undefined> {
  return window.showInputBox({ title: texts.t('redact.title'), prompt: texts.t('redact.reason') });
}
