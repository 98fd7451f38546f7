import type { Observation } from '../classify/observation.ts';
import { type Origin, unknown } from '../provenance/origin.ts';
import { countNew, numbered, type Run, runsOf } from '../provenance/runs.ts';
import type { Span } from '../provenance/span.ts';
import type { Change } from '../text/change.ts';
import { align } from '../text/diff.ts';
import type { Acting } from './acting.ts';
import { documentFor, fileSeen, openedAs, pushSaved } from './acts.ts';
import { sliced } from './content.ts';
import type { DocumentState, TrackerState } from './documentState.ts';
import type { Finding } from './event.ts';
import type { CellRequest, FileSeen, NotebookRequest, Opened } from './messages.ts';
import { Rewritten, serialsOf } from './notebookFile.ts';
import { type CellText, notebookText } from './notebookText.ts';
import { eventChanges } from './step.ts';

/**
 * A cell of a notebook is open in the editor: a tracker of the notebook's document with a text of its own. Its
 * characters are those of another cell with this very text (a copy, or the cell itself under a new name), or those
 * that the file has in the cell's place; the rest is new.
 */
export function openCell(acting: Acting, request: CellRequest): Opened {
  const { turn, session, stamp } = acting;
  const { replay } = turn;
  const { tracker, cell, text, format } = request;
  const before = replay.tracker(session, tracker);
  if (before !== undefined) return { ...openedAs(acting, before), changed: [] };
  const { document, brought } = documentFor(acting, request);
  const like = text === '' ? undefined : request.like.find(n => replay.tracker(session, n)?.content.text.equals(text));
  const id = document?.document ?? replay.nextDocument;
  const body = { kind: 'opened', document: id, tracker, format, cell } as const;
  turn.push(session, stamp, { ...body, ...(like !== undefined && { continues: like }) });
  const state = replay.tracker(session, tracker) as TrackerState;
  if (!state.content.text.equals(text)) {
    const runs = runsOfPiece(request) ?? runsInFile(document, request);
    const { origin, observation } = request;
    pushRuns(acting, { document: id, tracker, version: 1, observation }, [
      { from: 0, to: 0, insert: text, runs, origins: fresh(runs, origin) },
    ]);
  }
  return { ...openedAs(acting, state), changed: brought === undefined ? [] : [brought] };
}

/**
 * The editor has saved a notebook: `cells` are its cells' trackers, in order. Where the file holds the cells as they
 * are, their characters in it are the cells' own. All else the editor wrote, but for outputs and attachments, which
 * other programs made. A file that does not hold these cells was written by somebody else.
 */
export function notebookSaved(acting: Acting, { path, cells }: NotebookRequest): FileSeen | undefined {
  const { replay } = acting.turn;
  const document = replay.at(path);
  const file = acting.read(path, document?.format.encoding);
  if (file === undefined) return undefined;
  const trackers = cells.map(tracker => replay.tracker(acting.session, tracker));
  const found = file.text.length > longest ? undefined : notebookText(file.text);
  const whole = found?.cells.length === trackers.length;
  if (document === undefined || found === undefined || !whole || trackers.includes(undefined))
    return fileSeen(acting, path, file, { origin: elsewhere, observation: { by: 'watcher' }, unwatched: false });
  const before = document.text;
  const rewritten = new Rewritten(
    before,
    file.text,
    serialsOf(document.provenance.spans(), before.length),
    found.cells,
  );
  let exact = true;
  for (const [i, cell] of found.cells.entries()) {
    const { content } = trackers[i] as TrackerState;
    const text = content.text.toString();
    exact &&= text === cell.text;
    const serials = serialsOf(content.provenance.spans(), text.length);
    rewritten.put(cell, carried(text, cell.text, serials));
  }
  for (const range of found.foreign) rewritten.mark(range, output);
  const changes = rewritten.changes(exact ? form : unknown);
  // The same text may have been written anew by another hand.
  if (changes.length === 0 && before === file.text) return { document: document.document };
  pushRuns(acting, { document: document.document, tracker: 0, version: 0, observation: { by: 'editor' } }, changes);
  pushSaved(acting, document.document, 0, file);
  return { document: document.document };
}

/** Longer notebooks are not taken apart: their file is another program's to the record. */
const longest = 8 * 1024 * 1024;

const form: Origin = { kind: 'tool.editor', basis: 'asserted', rule: 'notebook.form' };
const output: Origin = { kind: 'external.disk', basis: 'inferred', rule: 'notebook.output' };
const elsewhere: Origin = { kind: 'external.disk', basis: 'inferred', rule: 'disk.watcher' };

/** The serials of a text that is the other's, or was made from it; NaN where they are new. */
function carried(from: string, to: string, serials: Float64Array): Float64Array {
  if (from === to) return serials;
  const out = new Float64Array(to.length).fill(Number.NaN);
  let [old, at] = [0, 0];
  for (const change of [...align(from, to), { from: from.length, to: from.length, insert: '' }]) {
    while (old < change.from) out[at++] = serials[old++]!;
    old = change.to;
    at += change.insert.length;
  }
  return out;
}

/** Of a cell that was split off: what the other has lost is this text, with a line end at its start or end or without. */
function runsOfPiece({ text, pieces }: CellRequest): readonly Run[] | undefined {
  for (const piece of pieces) {
    const at = [text, `\n${text}`, `${text}\n`].indexOf(piece.text);
    if (at < 0 || text === '') continue;
    const from = at === 1 ? 1 : 0;
    return sliced(piece.spans, from, from + text.length);
  }
  return undefined;
}

/** What a cell's text is made of, as its file has it: by its id, else by its place, else nothing is known. */
function runsInFile(document: DocumentState | undefined, { text, id, rank }: CellRequest): readonly Run[] {
  const cells = (document?.content.length ?? 0) > longest ? undefined : notebookText(document?.text ?? '')?.cells;
  const own = (id === undefined ? undefined : cells?.find(cell => cell.id === id)) ?? cells?.[rank];
  if (document === undefined || own === undefined) return [{ length: text.length }];
  const spans = spansOf(document, own);
  const slice = (from: number, to: number) => sliceOf(spans, from, to);
  let old = 0;
  const pieces: { length: number; from?: number }[] = [];
  for (const change of align(own.text, text)) {
    pieces.push({ from: old, length: change.from - old }, { length: change.insert.length });
    old = change.to;
  }
  pieces.push({ from: old, length: own.text.length - old });
  return runsOf(
    pieces.filter(({ length }) => length > 0),
    slice,
  );
}

function spansOf(document: DocumentState, { at }: CellText): Float64Array {
  const serials = serialsOf(document.provenance.spans(), document.content.length);
  return Float64Array.from(at, offset => serials[offset]!);
}

function sliceOf(serials: Float64Array, from: number, to: number): Span[] {
  return Array.from(serials.subarray(from, to), serial => ({ serial, length: 1 }));
}

interface RunChange extends Change {
  readonly runs: readonly Run[];
  /** Of the new characters, in order. */
  readonly origins: readonly Finding[];
}

function fresh(runs: readonly Run[], origin: Origin): Finding[] {
  const length = countNew(runs);
  return length === 0 ? [] : [{ length, ...origin }];
}

function pushRuns(
  acting: Acting,
  of: { document: number; tracker: number; version: number; observation: Observation },
  changes: readonly RunChange[],
): void {
  if (changes.length === 0) return;
  const count = changes.reduce((n, { runs }) => n + countNew(runs), 0);
  const first = acting.serials(count);
  let next = first;
  const aligned = changes.map(({ runs, origins: _, ...change }) => {
    const spans = numbered(runs, next);
    next += countNew(runs);
    return { ...change, spans };
  });
  const stated = eventChanges(aligned, { first, count });
  const findings = changes.flatMap(({ origins }) => origins);
  const { observation, ...tracker } = of;
  const acted = changes.some(({ from, to }) => to > from);
  // Who took a letter out of a cell, or a cell out of its notebook, no save tells.
  const rest = { placement: 'insert', findings, ...(acted && { actor: unknown }), observation } as const;
  const body = { kind: 'changed', ...tracker, changes: stated.changes, first, ...rest } as const;
  acting.turn.push(acting.session, acting.stamp, body, stated.texts);
}
