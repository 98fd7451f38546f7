import type { FileFormat } from '../journal/event.ts';
import { plainTextDigest } from '../journal/parts.ts';
import { type TextTally, tally } from '../provenance/tally.ts';
import type { Axes, AxesSum } from './axes.ts';
import type { Chronicle, ReplayedDocument } from './chronicle.ts';
import type { Flow } from './flow.ts';
import { type Mark, MarkList } from './marks.ts';
import { MeasureSum, type Measures } from './measures.ts';
import { stamp } from './moment.ts';
import { type PartAccount, partsOf } from './parts.ts';
import { PassageReader, type Passages, unitOf } from './passages.ts';
import { piecesOf } from './pieces.ts';
import { PromptPassages } from './promptPassages.ts';
import { type Repeats, repeatsIn } from './repeats.ts';
import { retainedOf } from './retained.ts';
import { RunList } from './runList.ts';

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
  readonly axes: Axes;
  /** Chapters, scenes, declarations; empty: the file is its only part. Their axes add up to the file's. */
  readonly parts: readonly PartAccount[];
  /** Absent: none. */
  readonly repeats?: Repeats;
  readonly text: string;
  /** In order, without gaps or overlaps; they cover the text. */
  readonly spans: readonly Mark[];
}

/** A file's account, and what counts over several files. */
export interface Accounted {
  readonly account: FileAccount;
  readonly runs: RunList;
  readonly tally: TextTally;
  readonly axes: AxesSum;
  /** What became of text that prompts led to, or AI systems put in; absent where the journal has neither. */
  readonly prompted?: PromptPassages;
}

export function accountOf(chronicle: Chronicle, flow: Flow, document: ReplayedDocument): Accounted {
  const text = document.text.toString();
  const path = document.path ?? '';
  const marks = new MarkList(chronicle.id);
  const passages = new PassageReader(text, unitOf(path));
  const runs = new RunList();
  const asked = chronicle.kept.prompt.length > 0 || flow.machine.length > 0;
  const prompted = asked ? new PromptPassages(chronicle, text, unitOf(path)) : undefined;
  for (const piece of piecesOf(chronicle, document)) {
    marks.add(piece);
    passages.add(piece);
    runs.add(piece);
    prompted?.add(piece);
  }
  prompted?.end();
  const spans = marks.end();
  const counts = passages.end();
  const parted = partsOf(chronicle, path, text, spans, passages.list);
  const sum = new MeasureSum();
  const counted = tally(text, runsOf(spans));
  sum.addText(counted);
  const entered = flow.documents.get(document.document);
  if (entered !== undefined) sum.addEntered(entered);
  for (const [kind, characters] of retainedOf(chronicle, runs).kinds) {
    sum.addRetained(kind, characters);
  }
  const repeats = repeatsIn(chronicle, document, text, unitOf(path));
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
    passages: counts,
    axes: parted.sum.axes(),
    parts: parted.parts,
    ...(repeats && { repeats }),
    text,
    spans,
  };
  return { account, runs, tally: counted, axes: parted.sum, ...(prompted && { prompted }) };
}

/** Each mark as a part of its text. The object is reused. */
function* runsOf(spans: readonly Mark[]): Generator<{ length: number; origin: Mark }, void, undefined> {
  const [first] = spans;
  if (first === undefined) return;
  const part = { length: 0, origin: first };
  for (const span of spans) {
    part.length = span.to - span.from;
    part.origin = span;
    yield part;
  }
}

/** Lines as an editor counts them: an empty text has one. */
function linesOf(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
