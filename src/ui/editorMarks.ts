import { Range, type TextEditor } from 'vscode';
import type { Disposable } from '../host/lifecycle.ts';
import type { Settings } from '../host/settings.ts';
import { type Hand, hands } from '../provenance/origin.ts';
import type { Line } from './line.ts';
import type { MarkStyles } from './markStyles.ts';
import { type LineHand, type Mark, type Marks, marksOf } from './marks.ts';
import { offsetOf } from './offsets.ts';
import { Pace } from './pace.ts';
import { Ruler, type RulerRuns } from './ruler.ts';
import { Turns } from './turns.ts';

/** Lines above and below the visible ones that are marked too, so that scrolling shows no bare text. */
const margin = 60;
/** Milliseconds between two drawings of one editor, and of its ruler. */
const pause = 80;
const rulerPause = 1_500;
/** What no list of ranges is written as. */
const stale = 'stale';

/** The marks of one visible editor: drawn for what is on the screen, and sent only when they differ. */
export class EditorMarks implements Disposable {
  readonly #editor: TextEditor;
  readonly #line: Line;
  readonly #settings: Settings;
  readonly #styles: MarkStyles;
  readonly #screen = new Pace(() => this.#drawScreen(), pause);
  readonly #ruler = new Pace(() => this.#drawRuler(), rulerPause);
  readonly #rulerTurns = new Turns();
  readonly #drawn = new Map<unknown, string>();

  constructor(editor: TextEditor, line: Line, settings: Settings, styles: MarkStyles) {
    this.#editor = editor;
    this.#line = line;
    this.#settings = settings;
    this.#styles = styles;
    this.textChanged();
  }

  get editor(): TextEditor {
    return this.#editor;
  }

  /** Marks move with the text by themselves: after a change the editor's are no longer those that were sent. */
  textChanged(): void {
    this.#rulerTurns.stop();
    for (const [type, sent] of this.#drawn) if (sent !== '') this.#drawn.set(type, stale);
    this.#screen.ask();
    this.#ruler.ask();
  }

  scrolled(): void {
    this.#screen.ask();
  }

  dispose(): void {
    this.#screen.dispose();
    this.#ruler.dispose();
    this.#rulerTurns.dispose();
  }

  #drawScreen(): void {
    const shown = this.#settings.hands;
    const pieces = new Map<Hand, Range[]>(hands.map(hand => [hand, []]));
    const gutter = new Map<LineHand, Range[]>();
    for (const { start, end } of this.#blocks()) {
      const marks = this.#marks(start, end);
      if (marks === undefined) continue;
      for (const hand of hands) if (shown.has(hand)) pieces.get(hand)?.push(...marks.pieces[hand].map(rangeOf));
      if (this.#settings.gutter) {
        for (const [line, hand] of marks.lines) {
          const ranges = gutter.get(hand) ?? [];
          ranges.push(new Range(line, 0, line, 0));
          gutter.set(hand, ranges);
        }
      }
    }
    for (const hand of hands) this.#draw(this.#styles.text[hand], pieces.get(hand) ?? []);
    for (const hand of [...hands, 'mixed'] as const) this.#draw(this.#styles.gutter[hand], gutter.get(hand) ?? []);
  }

  #drawRuler(): void {
    if (!this.#settings.overviewRuler) {
      this.#showRuler(undefined);
      return;
    }
    const { document } = this.#editor;
    const { version } = document;
    const ruler = new Ruler({
      lineCount: document.lineCount,
      lineAt: line => document.lineAt(line).text,
      spansIn: (from, to) => this.#line.spansIn(document, from, to),
    });
    // Of a text that changes meanwhile nothing is shown: its spans are told of, and the ruler is asked for again.
    this.#rulerTurns.begin(
      () => document.version === version && ruler.step(),
      () => {
        if (document.version === version) this.#showRuler(ruler.runs);
      },
    );
  }

  #showRuler(runs: RulerRuns | undefined): void {
    const shown = this.#settings.hands;
    for (const hand of hands) {
      const lines = shown.has(hand) ? (runs?.[hand] ?? []) : [];
      this.#draw(
        this.#styles.ruler[hand],
        lines.map(({ first, last }) => new Range(first, 0, last, 0)),
      );
    }
  }

  /** The visible lines with their margin, joined where they meet. */
  #blocks(): { start: number; end: number }[] {
    const last = this.#editor.document.lineCount - 1;
    const blocks: { start: number; end: number }[] = [];
    for (const range of this.#editor.visibleRanges) {
      const start = Math.max(0, range.start.line - margin);
      const end = Math.min(last, range.end.line + margin);
      const before = blocks.at(-1);
      if (before !== undefined && start <= before.end + 1) before.end = Math.max(before.end, end);
      else blocks.push({ start, end });
    }
    return blocks;
  }

  #marks(start: number, end: number): Marks | undefined {
    const { document } = this.#editor;
    const lines: string[] = [];
    for (let line = start; line <= end; line++) lines.push(document.lineAt(line).text);
    const from = offsetOf(document, document.lineAt(start).range.start);
    const to = offsetOf(document, document.lineAt(end).range.end);
    const spans = this.#line.spansIn(document, from, to);
    return spans && marksOf(start, lines, spans);
  }

  #draw(type: Parameters<TextEditor['setDecorations']>[0], ranges: readonly Range[]): void {
    const key = ranges
      .map(({ start, end }) => `${start.line},${start.character},${end.line},${end.character}`)
      .join(' ');
    if ((this.#drawn.get(type) ?? '') === key) return;
    this.#drawn.set(type, key);
    this.#editor.setDecorations(type, ranges);
  }
}

function rangeOf({ line, from, to }: Mark): Range {
  return new Range(line, from, line, to);
}
