import type { Document } from './paper.ts';

export interface TagOptions {
  readonly lang?: string;
  readonly alt?: string;
  readonly scope?: 'Row' | 'Column';
  /** Left, top, right, bottom. */
  readonly bbox?: readonly [number, number, number, number];
}

type StructureElement = PDFKit.PDFStructureElement;

/**
 * A part of the document as a screen reader knows it (ISO 32000-1, 14.8.4). It comes into being when it is first drawn,
 * after whatever holds it: the order of drawing is the order of reading, and what draws nothing has no part.
 */
export class Tag {
  readonly type: string;
  readonly #above: Tag | undefined;
  readonly #options: TagOptions;
  #element: StructureElement | undefined;

  constructor(type: string, above?: Tag, options: TagOptions = {}) {
    this.type = type;
    this.#above = above;
    this.#options = options;
  }

  inside(type: string, options: TagOptions = {}): Tag {
    return new Tag(type, this, options);
  }

  /** What `draw` puts on the page is this part's. */
  draw(document: Document, draw: () => void): void {
    const element = this.element(document);
    element.add(document.markStructureContent(this.type) as unknown as StructureElement);
    draw();
    document.endMarkedContent();
  }

  element(document: Document): StructureElement {
    if (this.#element !== undefined) return this.#element;
    const element = document.struct(this.type as 'P', { ...this.#options } as PDFKit.Mixins.StructureElementOptions);
    if (this.#above === undefined) document.addStructure(element);
    else this.#above.element(document).add(element);
    this.#element = element;
    return element;
  }
}

/** What `draw` puts on the page is no part of what the document says: rules, running lines. */
export function artifact(document: Document, type: 'Pagination' | 'Layout', draw: () => void): void {
  document.markContent('Artifact', { type } as PDFKit.Mixins.MarkingOptions);
  draw();
  document.endMarkedContent();
}
