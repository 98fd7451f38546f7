import type { Faces } from './faces.ts';
import type { Line, Piece } from './line.ts';
import type { Look } from './look.ts';
import type { Document } from './paper.ts';
import { black, handInks, inkOf, points } from './sheet.ts';
import { artifact, type Tag } from './tag.ts';

/** What pages are drawn on, with what is known of the whole document by then. */
export class Ground {
  readonly document: Document;
  readonly #faces: Faces;
  /** The page, from 1, on which each id stands. */
  readonly places: ReadonlyMap<string, number>;

  constructor(document: Document, faces: Faces, places: ReadonlyMap<string, number>) {
    this.document = document;
    this.#faces = faces;
    this.places = places;
  }

  /** Draws a line; `y` is its letters' foot. Without a tag it belongs to what is being drawn already. */
  line({ pieces, ids }: Line, x: number, y: number, tag?: Tag): void {
    for (const id of ids) this.destination(id, y - 14);
    if (tag === undefined) {
      this.#pieces(pieces, x, y);
      return;
    }
    for (let from = 0; from < pieces.length; ) {
      const target = pieces[from]!.look.target;
      let to = from + 1;
      while (to < pieces.length && pieces[to]!.look.target === target) to++;
      const run = pieces.slice(from, to);
      const known = target !== undefined && this.places.has(target);
      if (known) this.#link(run, x, y, { tag, target });
      else tag.draw(this.document, () => this.#pieces(run, x, y));
      from = to;
    }
  }

  /** Ids are ours: letters and digits. */
  destination(id: string, y: number): void {
    this.document.addNamedDestination(id, 'XYZ', null as unknown as number, Math.max(y, 0), null as unknown as number);
  }

  /** Draws by operators of our own (ISO 32000-1, annex A), y downwards. */
  raw(content: string): void {
    this.document.page.write(content);
  }

  /** A thin line that says nothing. */
  rule(x: number, y: number, width: number, ink = black, weight = 0.5): void {
    artifact(this.document, 'Layout', () =>
      this.raw(`${inkOf(ink)} RG ${weight} w ${points(x)} ${points(y)} m ${points(x + width)} ${points(y)} l S`),
    );
  }

  #link(pieces: readonly Piece[], x: number, y: number, { tag, target }: { tag: Tag; target: string }): void {
    const link = tag.inside('Link');
    link.draw(this.document, () => this.#pieces(pieces, x, y));
    const [first, last] = [pieces[0]!, pieces.at(-1)!];
    const { size } = first.look;
    const structParent = link.element(this.document);
    const options = {
      structParent,
      Contents: new String(
        pieces
          .map(({ text }) => text)
          .join('')
          .trim(),
      ),
    };
    const width = last.x + last.width - first.x;
    const where = [x + first.x, y - size, width, size * 1.3] as const;
    this.document.goTo(...where, target, options as unknown as PDFKit.Mixins.AnnotationOption);
    structParent.end();
  }

  #pieces(pieces: readonly Piece[], x: number, y: number): void {
    const parts: string[] = [];
    for (const piece of pieces) parts.push(...under(piece, x, y));
    for (const piece of pieces) {
      const { look, face, codes, actual } = piece;
      const { fonts } = this.document.page;
      fonts[face] ??= this.#faces.reference(face);
      const said = [
        actual === undefined ? '' : `/ActualText ${unicode(actual)}`,
        look.lang ? `/Lang (${look.lang})` : '',
      ];
      const marked = said.some(part => part !== '');
      if (marked) parts.push(`/Span <<${said.join(' ')}>> BDC`);
      const inset = actual !== undefined && look.framed ? 1.5 : 0;
      parts.push(
        `BT /${face} ${points(look.size)} Tf ${inkOf(look.ink)} rg 1 0 0 -1 ${points(x + piece.x + inset)} ${points(y)} Tm <${codes}> Tj ET`,
      );
      if (marked) parts.push('EMC');
    }
    this.raw(parts.join('\n'));
  }
}

function unicode(text: string): string {
  const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i).toString(16).padStart(4, '0'));
  return `<feff${units.join('')}>`;
}

/** What stands behind and below a piece: its hand's wash and line, or a frame. */
function under({ x: from, width, look, actual }: Piece, left: number, y: number): string[] {
  const x = left + from;
  const parts: string[] = [];
  if (look.hand !== undefined) {
    const { wash, ink } = handInks[look.hand];
    parts.push(`${inkOf(wash)} rg ${box(x, y - look.size, width, look.size * 1.3)} f`);
    parts.push(`${inkOf(ink)} RG ${underline(look, x, y, width)}`);
  }
  if (look.framed) {
    // A letter's stand-in has room for its frame; what the page frames stands in its line as it is.
    const out = actual === undefined ? 1.6 : -0.4;
    parts.push(
      `${inkOf(look.ink)} RG 0.5 w ${box(x - out, y - look.size * 0.95, width + 2 * out, look.size * 1.25)} S`,
    );
  }
  if (look.struck) parts.push(`${inkOf(look.ink)} RG 0.6 w ${stroke(x, y - look.size * 0.3, width)}`);
  if (look.underlined) parts.push(`${inkOf(look.ink)} RG 0.6 w ${stroke(x, y + 1.8, width)}`);
  return parts;
}

/** Below the letters, so that none is touched: one line a hand, told apart in grey. */
function underline({ hand }: Look, x: number, foot: number, width: number): string {
  const y = foot + 2.6;
  switch (handInks[hand!].line) {
    case 'solid':
      return `1.1 w ${stroke(x, y, width)}`;
    case 'dotted':
      return `1.1 w [1.1 1.7] 0 d ${stroke(x, y, width)} [] 0 d`;
    case 'dashed':
      return `1 w [4 2] 0 d ${stroke(x, y, width)} [] 0 d`;
    case 'double':
      return `0.55 w ${stroke(x, y - 0.4, width)} ${stroke(x, y + 1.3, width)}`;
    case 'wavy': {
      const steps = Math.max(1, Math.round(width / 1.8));
      const path = Array.from(
        { length: steps },
        (_, i) => `${points(x + ((i + 1) * width) / steps)} ${points(y + (i % 2 === 0 ? -0.5 : 1.1))} l`,
      );
      return `0.6 w ${points(x)} ${points(y + 1.1)} m ${path.join(' ')} S`;
    }
  }
}

export function box(x: number, y: number, width: number, height: number): string {
  return `${points(x)} ${points(y)} ${points(width)} ${points(height)} re`;
}

function stroke(x: number, y: number, width: number): string {
  return `${points(x)} ${points(y)} m ${points(x + width)} ${points(y)} l S`;
}
