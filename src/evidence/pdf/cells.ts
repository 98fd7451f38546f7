import type { Faces } from './faces.ts';
import { type Look, lookIn } from './look.ts';
import { attributeOf, hasClass, type Node } from './nodes.ts';

/** One letter in its place in a line, or what stands for it. */
export interface Cell {
  readonly look: Look;
  /** What it is drawn as. */
  readonly text: string;
  readonly face: string;
  readonly code: string;
  /** In points. */
  readonly width: number;
  /** What the letters stand for, where they are not the text itself. */
  readonly actual?: string;
  readonly space: boolean;
  /** A line may end behind it. */
  readonly open: boolean;
  /** It ends the line. */
  readonly ends: boolean;
  /** Ids of what begins here. */
  readonly ids?: readonly string[];
}

/** Sets text letter by letter, and counts the letters that no face has. */
export class Setter {
  readonly #faces: Faces;
  /** One cell stands for all its like: a text has millions of letters and few different ones. */
  readonly #made = new WeakMap<Look, Map<string, Cell>>();
  /** Equal looks are one object, since each has cells of its own. */
  readonly #looks = new Map<string, Look>();
  /** Letters that stand as their code points. */
  lacking = 0;

  constructor(faces: Faces) {
    this.#faces = faces;
  }

  /** `kept`: white space stands as it is; else runs of it count as one, and none at the ends. */
  cells(nodes: readonly Node[], look: Look, kept: boolean): Cell[] {
    const cells: Cell[] = [];
    this.#into(cells, nodes, look, { kept, ids: [] });
    if (!kept) while (cells.at(-1)?.space) cells.pop();
    return cells;
  }

  /** A text of our own in one line. */
  word(text: string, look: Look): Cell[] {
    return this.cells([text], look, true);
  }

  #into(cells: Cell[], nodes: readonly Node[], look: Look, state: { readonly kept: boolean; ids: string[] }): void {
    for (const node of nodes) {
      if (typeof node === 'string') this.#text(cells, node, look, state);
      else if (node.name === 'br') cells.push({ ...this.#blank(look), ends: true });
      else if (!skipped.has(node.name)) {
        const id = node.written.includes('id=') ? attributeOf(node, 'id') : undefined;
        if (id !== undefined) state.ids.push(id);
        // A time's zone may stand in the next line.
        const last = cells.at(-1);
        if (last?.text === '\u00a0' && hasClass(node, 'zone')) cells[cells.length - 1] = { ...last, open: true };
        const inner = node.name === 'q' ? ['“', ...node.children, '”'] : node.children;
        this.#into(cells, inner, this.#shared(lookIn(node, look)), state);
      }
    }
  }

  #text(cells: Cell[], text: string, look: Look, state: { readonly kept: boolean; ids: string[] }): void {
    for (const point of text) {
      const white = point === ' ' || point === '\n' || point === '\t';
      if (white && !state.kept) {
        const last = cells.at(-1);
        if (last === undefined || last.ends || (last.space && last.open)) continue;
      }
      const cell = white ? this.#white(point, look, state.kept) : this.#letter(point, look, cells.at(-1)?.text);
      if (state.ids.length > 0) {
        cells.push({ ...cell, ids: state.ids });
        state.ids = [];
      } else cells.push(cell);
    }
  }

  #white(point: string, look: Look, kept: boolean): Cell {
    const blank = this.#blank(look);
    if (point === '\n' && kept) return { ...blank, ends: true };
    return point === '\t' && kept ? { ...blank, width: blank.width * 4, actual: '\t' } : blank;
  }

  #blank(look: Look): Cell {
    const made = this.#like(look);
    const known = made.get(' ');
    if (known !== undefined) return known;
    const { face, code, width: em } = this.#faces.glyph(' ', look.face)!;
    const width = (em * look.size) / 1000;
    const cell = { look, text: ' ', face, code, width, space: true, open: true, ends: false };
    made.set(' ', cell);
    return cell;
  }

  #letter(point: string, look: Look, before: string | undefined): Cell {
    const ranged = point === '\u2009' && before === '–';
    const made = this.#like(look);
    const known = ranged ? undefined : made.get(point);
    if (known !== undefined) return known;
    const glyph = this.#faces.glyph(point, look.face);
    if (glyph === undefined) return this.#stand(point, look);
    const { face, code } = glyph;
    // Of a range the dash ends a line, and never begins one.
    const open = ranged || breaks.test(point);
    const width = (glyph.width * look.size) / 1000;
    const cell = { look, text: point, face, code, width, space: point === '\u00a0', open, ends: false };
    if (!ranged) made.set(point, cell);
    return cell;
  }

  #shared(look: Look): Look {
    // What leads somewhere has few like it.
    if (look.target !== undefined) return look;
    const key = JSON.stringify(look);
    const known = this.#looks.get(key);
    if (known === undefined) this.#looks.set(key, look);
    return known ?? look;
  }

  #like(look: Look): Map<string, Cell> {
    let made = this.#made.get(look);
    if (made === undefined) {
      made = new Map();
      this.#made.set(look, made);
    }
    return made;
  }

  /** A letter that no face has: its code point in a frame, and the letter itself for whoever copies the text. */
  #stand(point: string, look: Look): Cell {
    this.lacking++;
    const small: Look = { ...look, face: 'sans', size: look.size * 0.62, framed: true };
    const name = point.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    const glyphs = [...name].map(digit => this.#faces.glyph(digit, 'sans')!);
    const code = glyphs.map(glyph => glyph.code).join('');
    const width = (glyphs.reduce((sum, glyph) => sum + glyph.width, 0) * small.size) / 1000 + 3;
    const { face } = glyphs[0]!;
    return { look: small, text: name, face, code, width, actual: point, space: false, open: true, ends: false };
  }
}

/** Behind these a line may end. */
const breaks = /[-–—/_\u200b]/;
/** What acts on a screen only. */
const skipped = new Set(['svg', 'title', 'button', 'input', 'select', 'canvas', 'template']);
