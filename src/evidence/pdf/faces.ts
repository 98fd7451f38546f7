import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Document } from './paper.ts';

/** Works of prose, headings and what stands out, tables and notes, code and digests. */
export type FaceName = 'serif' | 'strong' | 'sans' | 'mono';

const files: Readonly<Record<FaceName, string>> = {
  serif: 'DejaVuSerifCondensed.ttf',
  strong: 'DejaVuSerifCondensed-Bold.ttf',
  sans: 'DejaVuSansCondensed.ttf',
  mono: 'DejaVuSansMono.ttf',
};

/** A letter as a page draws it. */
export interface Glyph {
  /** The face's name in a page's resources. */
  readonly face: string;
  /** Its number in the embedded part of the face, four hexadecimal digits. */
  readonly code: string;
  /** In thousandths of the letter's size. */
  readonly width: number;
}

/** The four faces of one document. What is asked for is embedded. */
export class Faces {
  readonly #faces: ReadonlyMap<FaceName, Face>;
  readonly #references = new Map<string, () => unknown>();

  constructor(document: Document) {
    const faces = Object.keys(files).map(key => {
      const name = key as FaceName;
      document.font(fontFile(files[name]) as unknown as string);
      const { _font: face } = document;
      this.#references.set(face.id, () => face.ref());
      return [name, new Face(face)] as const;
    });
    this.#faces = new Map(faces);
  }

  /** A code point's letter in this face, else in the one that has the most; undefined where none has it. */
  glyph(point: string, name: FaceName): Glyph | undefined {
    return this.#faces.get(name)!.glyph(point) ?? this.#faces.get('sans')!.glyph(point);
  }

  /** What a page's resources need to draw with this face. */
  reference(face: string): unknown {
    return this.#references.get(face)!();
  }
}

class Face {
  readonly #face: Document['_font'];
  readonly #glyphs = new Map<string, Glyph | undefined>();

  constructor(face: Document['_font']) {
    this.#face = face;
  }

  glyph(point: string): Glyph | undefined {
    if (this.#glyphs.has(point)) return this.#glyphs.get(point);
    const glyph = this.#made(point);
    this.#glyphs.set(point, glyph);
    return glyph;
  }

  #made(point: string): Glyph | undefined {
    const { font, id } = this.#face;
    const number = point.codePointAt(0)!;
    if (otherOrder.test(point) || !font.hasGlyphForCodePoint(number)) return undefined;
    const [code] = this.#face.encode(point)[0];
    if (code === undefined || code === '0000') return undefined;
    return { face: id, code, width: (font.glyphForCodePoint(number).advanceWidth * 1000) / font.unitsPerEm };
  }
}

/** Scripts whose letters stand right to left or change with their neighbours: drawn letter by letter they would mislead. */
const otherOrder = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Nko}\p{Script=Lao}\p{C}]/u;

/** A file of `media/fonts/`: beside the bundle's folder, or above the sources. */
function fontFile(name: string): Uint8Array {
  const places = [join(import.meta.dirname, '..', 'media'), join(import.meta.dirname, '..', '..', '..', 'media')];
  const media = places.find(place => existsSync(join(place, 'fonts', name)));
  if (media === undefined) throw new Error(`media/fonts/${name} is missing beside ${import.meta.dirname}`);
  return readFileSync(join(media, 'fonts', name));
}
