import type { FileFormat } from '../journal/event.ts';
import { plainTextDigest } from '../journal/parts.ts';
import { tally } from '../provenance/tally.ts';
import type { Chronicle, ReplayedDocument } from './chronicle.ts';
import type { Flow } from './flow.ts';
import { type Mark, MarkList } from './marks.ts';
import { MeasureSum, type Measures } from './measures.ts';
import { stamp } from './moment.ts';
import { PassageReader, type Passages, unitOf } from './passages.ts';
import { piecesOf } from './pieces.ts';
import { type Run, RunList, retainedOf } from './retained.ts';

/** One recorded file as it last stood, span by span. */
export interface FileAccount {
  readonly path: string;
  readonly journal: string;
  readonly document: number;
  readonly format: FileFormat;
  /** SHA-256 of the text with `\n` line ends, in hex. */
  readonly textDigest: string;
  /** When the journal last saw it change or be saved. */
  readonly lastRecorded: string | null;
  /** Changes that were made in the editor but not saved to the file are not in the text. */
  readonly unsaved: boolean;
  readonly lines: number;
  readonly measures: Measures;
  readonly passages: Passages;
  readonly text: string;
  /** In order, without gaps or overlaps; they cover the text. */
  readonly spans: readonly Mark[];
}

/** A file's account, and its text as runs for what counts over several files. */
export function accountOf(
  chronicle: Chronicle,
  flow: Flow,
  document: ReplayedDocument,
): { readonly account: FileAccount; readonly runs: readonly Run[] } {
  const text = document.text.toString();
  const path = document.path ?? '';
  const marks = new MarkList(chronicle.id);
  const passages = new PassageReader(text, unitOf(path));
  const list = new RunList();
  for (const piece of piecesOf(chronicle, document)) {
    marks.add(piece);
    passages.add(piece);
    list.add(piece);
  }
  const spans = marks.end();
  const sum = new MeasureSum();
  sum.addText(tallyOf(text, spans));
  const entered = flow.documents.get(document.document);
  if (entered !== undefined) sum.addEntered(entered);
  for (const [kind, characters] of retainedOf(chronicle, list.runs).kinds) {
    sum.addRetained(kind, characters);
  }
  const touched = chronicle.lastTouched.get(document.document);
  const account = {
    path,
    journal: chronicle.id,
    document: document.document,
    format: document.format,
    textDigest: plainTextDigest(text),
    lastRecorded: touched === undefined ? null : stamp(touched),
    unsaved: document.unsaved || document.left !== undefined,
    lines: linesOf(text),
    measures: sum.measures(),
    passages: passages.end(),
    text,
    spans,
  };
  return { account, runs: list.runs };
}

export function tallyOf(text: string, spans: readonly Mark[]): ReturnType<typeof tally> {
  return tally(
    text,
    spans.map(origin => ({ length: origin.to - origin.from, origin })),
  );
}

/** Lines as an editor counts them: an empty text has one. */
function linesOf(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
