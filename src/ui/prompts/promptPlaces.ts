import {
  commands,
  FileSystemError,
  Location,
  type Position,
  Range,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { Line } from '../line.ts';
import { offsetOf, positionOf } from '../offsets.ts';
import type { Surface } from '../surface.ts';
import type { Listed } from './promptRegister.ts';
import { promptRuns } from './promptRuns.ts';

/** Where text that a prompt led to is shown: the first place and a list of them all, and asked again the next. */
export class PromptPlaces {
  readonly #surface: Pick<Surface, 'line' | 'texts'>;
  #last: { readonly id: string; readonly at: number } | undefined;

  constructor(surface: Pick<Surface, 'line' | 'texts'>) {
    this.#surface = surface;
  }

  async show(entry: Listed): Promise<void> {
    const { line, texts } = this.#surface;
    const places = await placesOf(line, entry);
    if (places.length === 0) {
      void window.showInformationMessage(texts.t('prompts.nowhere', { number: entry.number }));
      return;
    }
    const before = this.#last?.id === entry.id ? this.#last.at : undefined;
    const at = before === undefined ? 0 : (before + 1) % places.length;
    this.#last = { id: entry.id, at };
    const { uri, range } = places[at]!;
    await window.showTextDocument(uri, { selection: range, preview: true });
    if (before === undefined && places.length > 1)
      await commands.executeCommand('editor.action.goToLocations', uri, range.start, places, 'peek');
  }
}

/** As the texts are in the editor now; of a text that is not followed here, as it was last recorded. */
async function placesOf(line: Line, entry: Listed): Promise<Location[]> {
  const places: Location[] = [];
  for (const file of new Set(entry.spans.map(span => span.file))) {
    const document = await opened(Uri.joinPath(entry.folder.uri, file));
    if (document === undefined) continue;
    const recorded = entry.spans.filter(span => span.file === file);
    for (const { from, to } of liveRuns(line, document, entry.id) ?? recorded)
      places.push(new Location(document.uri, rangeOf(document, from, to)));
  }
  return places;
}

function liveRuns(line: Line, document: TextDocument, prompt: string) {
  const spans = line.spansIn(document, 0, offsetOf(document, endOf(document)));
  return spans && promptRuns(spans, prompt);
}

function rangeOf(document: TextDocument, from: number, to: number): Range {
  return new Range(positionOf(document, from), positionOf(document, to));
}

function endOf(document: TextDocument): Position {
  return document.lineAt(document.lineCount - 1).range.end;
}

async function opened(uri: Uri): Promise<TextDocument | undefined> {
  try {
    await workspace.fs.stat(uri);
  } catch (error) {
    // A file may be gone since the record was read.
    if (error instanceof FileSystemError) return undefined;
    throw error;
  }
  return workspace.openTextDocument(uri);
}
