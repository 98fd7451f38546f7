import type { Replay } from '../../src/journal/replay.ts';
import type { Kind } from '../../src/provenance/origin.ts';
import type { Origins } from '../../src/provenance/origins.ts';
import type { Span } from '../../src/provenance/span.ts';
import { type Cell, type Cells, textOf } from './cell.ts';
import type { EditorText } from './editorText.ts';
import type { EditorWindow } from './editorWindow.ts';
import type { World } from './world.ts';

/** The product and the truth differ. */
export class Mismatch extends Error {}

/** Which serial each character has, over all texts and for good. */
export class Serials {
  readonly #of = new Map<Cell, number>();
  readonly #cells = new Map<number, Cell>();

  /** Throws Mismatch where a character has changed its serial, or two have one. */
  see(cell: Cell, serial: number, where: string): void {
    if (!cell.firm) return;
    const known = this.#of.get(cell);
    if (known !== undefined && known !== serial)
      throw new Mismatch(`${where}: ${show(cell)} had serial ${known} and has ${serial}`);
    const other = this.#cells.get(serial);
    if (other?.firm && other !== cell) throw new Mismatch(`${where}: ${show(cell)} has the serial of ${show(other)}`);
    this.#of.set(cell, serial);
    this.#cells.set(serial, cell);
  }
}

export function show({ unit, kinds, firm }: Cell): string {
  return `${JSON.stringify(unit)} (${kinds.join('|')}${firm ? '' : '~'})`;
}

/** Spans, findings and truth of one text agree, character by character. */
export function checkSpans(
  cells: Cells,
  spans: readonly Span[],
  origins: Origins,
  serials: Serials,
  where: string,
): void {
  const length = spans.reduce((n, span) => n + span.length, 0);
  if (length !== cells.length) throw new Mismatch(`${where}: spans of ${length} for ${cells.length} characters`);
  let at = 0;
  for (const { serial, length } of spans) {
    for (let i = 0; i < length; i++, at++) {
      const cell = cells[at]!;
      const { kind, rule } = origins.at(serial + i).origin;
      if (!cell.kinds.includes(kind))
        throw new Mismatch(`${where}: ${show(cell)} at ${at} is shown as ${kind} (${rule})`);
      serials.see(cell, serial + i, where);
    }
  }
}

/** Everything a window shows at this moment. Nothing may wait. */
export function checkWindow(world: World, window: EditorWindow, serials: Serials): void {
  const { product } = window;
  const [failure] = product.failures;
  if (failure !== undefined) throw new Mismatch(`failed: ${failure}`);
  const bad = product.problems.find(problem => !/"worker"/.test(problem));
  if (bad !== undefined) throw new Mismatch(`problem: ${bad}`);
  if (world.paused) return;
  for (const text of window.texts.values()) checkText(window, text, serials);
}

function checkText(window: EditorWindow, text: EditorText, serials: Serials): void {
  const where = `${text.path ?? text.uri} live`;
  const live = window.product.product.live.get(text.uri.toString());
  if (!live) throw new Mismatch(`${where}: not recorded`);
  const { tracker, recorder } = live;
  if (!tracker.holds(text.text)) throw new Mismatch(`${where}: the shadow has another text`);
  const { provenance } = tracker;
  if (!provenance) throw new Mismatch(`${where}: no spans though nothing waits`);
  checkSpans(text.cells, provenance.spans(), recorder.origins, serials, where);
  const shown = window.product.window.spansIn(text.document as never, 0, text.length) ?? [];
  let at = 0;
  const { placed } = text;
  for (const { length, origin, placement } of shown) {
    const wrong = text.cells.slice(at, at + length).find((cell, i) => !stands(text, cell, at + i, placement));
    if (wrong) throw new Mismatch(`${where}: ${show(wrong)} stands by ${placement}, not by ${placed?.placement}`);
    const odd = text.cells.slice(at, at + length).find(cell => !allows(cell, origin.kind));
    if (odd) throw new Mismatch(`${where}: ${show(odd)} is marked as ${origin.kind}`);
    at += length;
  }
  if (at !== text.length) throw new Mismatch(`${where}: ${at} of ${text.length} characters are marked`);
}

/** Whether the placement is what the last step says, where that is known. Which of two copies came back is not. */
function stands({ placed, version, cells }: EditorText, cell: Cell, at: number, placement: string): boolean {
  if (!cell.firm || placed?.version !== version || placement === placed.placement) return true;
  return !placed.ranges.some(([from, to]) => at >= from && at < to) || cells.indexOf(cell) !== cells.lastIndexOf(cell);
}

function allows(cell: Cell, kind: Kind): boolean {
  return cell.kinds.includes(kind);
}

/** What the journal says of every text that a window shows, and of every file. All is committed. */
export function checkReplay(world: World, replay: Replay, serials: Serials): void {
  for (const window of world.windows) {
    if (world.paused) break;
    for (const text of window.texts.values()) {
      const where = `${text.path ?? text.uri} replayed`;
      const { tracker, recorder } = window.product.product.live.get(text.uri.toString())!;
      const state = replay.tracker(recorder.writer.session, tracker.number);
      if (!state) throw new Mismatch(`${where}: the journal does not know the tracker`);
      if (state.text !== text.text) throw new Mismatch(`${where}: another text`);
      const live = tracker.provenance!;
      same(live.spans(), state.provenance.spans(), `${where}: spans`);
      same(live.placements(0, live.length), state.provenance.placements(0, live.length), `${where}: placements`);
      checkSpans(text.cells, state.provenance.spans(), replay.origins, serials, where);
    }
  }
}

/** The journal's account of the files, when no window has anything open and nothing waits. */
export function checkFiles(world: World, replay: Replay, serials: Serials): void {
  for (const [path, { cells }] of world.disk.files) {
    const document = replay.at(path);
    if (!document) throw new Mismatch(`${path}: not in the journal`);
    if (document.text !== textOf(cells)) throw new Mismatch(`${path}: the journal has another text`);
    checkSpans(cells, document.provenance.spans(), replay.origins, serials, `${path} in the journal`);
  }
}

function same(a: readonly Span[], b: readonly Span[], what: string): void {
  const [x, y] = [JSON.stringify(a), JSON.stringify(b)];
  if (x !== y) throw new Mismatch(`${what} differ: live ${x}, replayed ${y}`);
}
