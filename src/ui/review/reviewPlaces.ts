import { FileSystemError, FileType, Range, type TextDocument, Uri, window, workspace } from 'vscode';
import { handOf } from '../../provenance/origin.ts';
import { longestRun } from '../../rights/reviewRuns.ts';
import type { Line } from '../line.ts';
import { offsetOf, positionOf } from '../offsets.ts';
import type { Surface } from '../surface.ts';
import type { FolderReview } from './reviewSource.ts';

/**
 * Opens a file at its longest run of machine text, else of what may be: as the text is in the editor now; of a text that is
 * not followed here, as it was reviewed.
 */
export async function showReviewed(
  { line, texts }: Pick<Surface, 'line' | 'texts'>,
  reviews: readonly FolderReview[],
  folder: Uri,
  path: string,
): Promise<void> {
  const uri = Uri.joinPath(folder, path);
  if (!(await isFile(uri))) {
    void window.showInformationMessage(texts.t('review.noFile', { file: path }));
    return;
  }
  const document = await workspace.openTextDocument(uri);
  const live = liveRun(line, document);
  const of = reviews.find(one => one.folder.uri.toString() === folder.toString())?.review;
  const file = typeof of === 'object' ? of.files.find(one => one.path === path) : undefined;
  const run = live === undefined ? (file?.machineRun ?? file?.run) : live;
  const selection = run ? new Range(positionOf(document, run.from), positionOf(document, run.to)) : undefined;
  await window.showTextDocument(document, { preview: true, ...(selection && { selection }) });
}

/** What a rule names may be gone, or a folder. */
async function isFile(uri: Uri): Promise<boolean> {
  try {
    return ((await workspace.fs.stat(uri)).type & FileType.File) !== 0;
  } catch (error) {
    if (error instanceof FileSystemError) return false;
    throw error;
  }
}

/** Null: there is no such run. Undefined: the text is not followed. */
function liveRun(line: Line, document: TextDocument): ReturnType<typeof longestRun> | undefined {
  const spans = line.spansIn(document, 0, offsetOf(document, document.lineAt(document.lineCount - 1).range.end));
  if (spans === undefined) return undefined;
  const text = document.getText().replaceAll('\r\n', '\n');
  let at = 0;
  const runs = spans.map(({ length, origin }) => {
    const from = at;
    at += length;
    return { from, to: at, hand: handOf(origin.kind) };
  });
  return longestRun(text, runs, true) ?? longestRun(text, runs, false);
}
