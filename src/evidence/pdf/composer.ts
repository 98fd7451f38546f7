import { Setter } from './cells.ts';
import { contentsStrip } from './contents.ts';
import type { Faces } from './faces.ts';
import { figureStrips } from './figures.ts';
import { markedLine } from './marked.ts';
import { attributeOf, type Element, hasClass, type Node, textOf } from './nodes.ts';
import { paragraph } from './paragraph.ts';
import { pictureStrip } from './picture.ts';
import { blocks, isHidden, type Place, plain, prose, sections, strong } from './place.ts';
import { measure, points, sheet, soft } from './sheet.ts';
import type { Strip } from './strip.ts';
import { tableStrips } from './table.ts';
import { artifact, Tag } from './tag.ts';

/** Turns the report's markup into strips, block by block. */
export class Composer {
  readonly setter: Setter;
  readonly strips: Strip[] = [];
  readonly #page: Place = {
    tag: new Tag('Document'),
    x: sheet.left,
    width: measure,
    look: prose,
    leading: 14.6,
    cover: false,
  };
  #ids: string[] = [];
  #fresh = false;
  readonly #tongues: ReadonlyMap<string, string>;
  /** Behind how many strips the marks are explained. */
  #explained = 0;

  /** `tongues`: the languages of titles, by what they say. */
  constructor(faces: Faces, tongues: ReadonlyMap<string, string> = new Map()) {
    this.#tongues = tongues;
    this.setter = new Setter(faces);
  }

  add(nodes: readonly Node[]): void {
    this.#flow(nodes, this.#page);
  }

  /** Says something of the letters where the marks are explained, else at the end. */
  explain(text: string): void {
    const cells = this.setter.cells([text], plain, false);
    const form = { ...this.#page, leading: 13, above: 8, tag: this.#page.tag.inside('P') };
    this.strips.splice(this.#explained || this.strips.length, 0, ...paragraph(cells, form));
  }

  #flow(nodes: readonly Node[], place: Place): void {
    let inline: Node[] = [];
    const flush = () => {
      if (inline.some(node => textOf(node).trim() !== '')) this.#paragraph(inline, place, { above: 4 });
      inline = [];
    };
    for (const node of nodes) {
      if (typeof node === 'string' || !blocks.has(node.name)) inline.push(node);
      else {
        flush();
        this.#block(node, place);
      }
    }
    flush();
  }

  #block(element: Element, place: Place): void {
    if (isHidden(element)) return;
    const id = attributeOf(element, 'id');
    if (id !== undefined) this.#ids.push(id);
    const { name, children } = element;
    switch (name) {
      case 'h1':
      case 'h2':
      case 'h3':
      case 'h4':
        this.#heading(element, place);
        return;
      case 'p':
        this.#text(element, place);
        return;
      case 'ul':
      case 'ol':
        this.#list(element, place);
        return;
      case 'dl':
        if (hasClass(element, 'figures'))
          this.#push(figureStrips(element, place.tag, { ...place, setter: this.setter }));
        else this.#terms(element, place);
        if (hasClass(element, 'legend')) this.#explained = this.strips.length;
        return;
      case 'table':
        this.#table(element, place);
        return;
      case 'blockquote':
        this.#quotation(element, place);
        return;
      case 'svg':
        this.#push([pictureStrip(element, place.tag, { ...place, setter: this.setter })]);
        return;
      case 'summary':
      case 'figcaption':
        this.#paragraph(children, { ...place, look: plain, leading: 13 }, { above: 4, holds: name === 'summary' });
        return;
      case 'nav':
        this.#contents(element, place);
        return;
      default:
        this.#container(element, place);
    }
  }

  #container(element: Element, place: Place): void {
    if (hasClass(element, 'l')) {
      this.#push(markedLine(element, place.tag, { ...place, setter: this.setter }));
      return;
    }
    if (hasClass(element, 'part-legend') || hasClass(element, 'part-texts')) this.#fresh = true;
    const type = sections[element.name];
    const lang = attributeOf(element, 'lang');
    const tag = type || lang ? place.tag.inside(type ?? 'Div', lang ? { lang } : {}) : place.tag;
    const code = hasClass(element, 'code');
    const text: Partial<Place> = hasClass(element, 'text')
      ? { look: code ? { ...plain, face: 'mono' } : prose, leading: code ? 14.5 : 17 }
      : {};
    const cover = place.cover || hasClass(element, 'cover');
    this.#flow(element.children, { ...place, ...text, tag, cover });
    if (hasClass(element, 'cover')) this.#fresh = true;
  }

  #heading(element: Element, place: Place): void {
    const { name } = element;
    const level = name === 'h1' ? 1 : name === 'h2' ? 2 : 3;
    const size = level === 1 ? 19 : level === 2 ? (place.cover ? 12.5 : 14) : 11.5;
    const above = level === 1 ? 3 : level === 2 ? (place.cover ? 8 : 24) : 13;
    // A title's other languages stand below it.
    const others =
      level === 1 ? element.children.filter(child => typeof child !== 'string' && child.name === 'small') : [];
    const nodes = element.children.filter(child => !others.includes(child));
    const form = { ...place, tag: place.tag.inside(`H${level}`), leading: size * 1.3, above, below: 3, holds: true };
    const bookmarked = level > 1 && !place.cover;
    const title = textOf(element).replace(/\s+/g, ' ').trim();
    const bookmark = bookmarked ? { title, level: level === 2 ? (1 as const) : (2 as const) } : undefined;
    const look = { ...strong, ...this.#tongue(nodes), size };
    this.#push(paragraph(this.setter.cells(nodes, look, false), { ...form, ...(bookmark && { bookmark }) }));
    for (const other of others)
      this.#paragraph(
        [other],
        { ...place, look: { ...prose, ...this.#tongue([other]), size: 12.5 }, leading: 16 },
        { above: 0 },
      );
  }

  /** The language of a title, where it is known. */
  #tongue(nodes: readonly Node[]): { readonly lang?: string } {
    const lang = this.#tongues.get(nodes.map(textOf).join('').trim());
    return lang === undefined ? {} : { lang };
  }

  #text(element: Element, place: Place): void {
    if (hasClass(element, 'kicker')) {
      this.#paragraph(element.children, { ...place, look: { ...plain, ink: soft }, leading: 13 }, { above: 0 });
      return;
    }
    const small = hasClass(element, 'small') || hasClass(element, 'note');
    const form: Place = small ? { ...place, look: plain, leading: 13 } : place;
    const tight = place.cover ? { leading: 12.4, look: { ...form.look, size: 10 } } : {};
    this.#paragraph(element.children, { ...form, ...tight }, { above: 5 });
  }

  #paragraph(nodes: readonly Node[], place: Place, form: { readonly above: number; readonly holds?: boolean }): void {
    const cells = this.setter.cells(nodes, place.look, false);
    this.#push(paragraph(cells, { ...place, ...form, tag: place.tag.inside('P') }));
  }

  #list(element: Element, place: Place): void {
    const list = place.tag.inside('L');
    const indent = 13;
    let number = 0;
    for (const child of element.children) {
      if (typeof child === 'string') continue;
      number++;
      const item = list.inside('LI');
      const sign = element.name === 'ol' ? `${number}.` : '•';
      const label = this.setter.word(sign, place.look);
      const first = this.strips.length;
      const inner = { ...place, tag: item.inside('LBody'), x: place.x + indent, width: place.width - indent };
      const [lead] = paragraph(label, { ...place, tag: item.inside('Lbl'), above: 0 });
      this.#flow(child.children, inner);
      const strip = this.strips[first];
      if (strip === undefined || lead === undefined) continue;
      this.strips[first] = {
        ...strip,
        above: 3,
        paint(ground, y) {
          lead.paint(ground, y);
          strip.paint(ground, y);
        },
      };
    }
  }

  /** Terms and what they mean; a term with its meaning may stand in a `div`. */
  #terms(element: Element, place: Place): void {
    const list = place.tag.inside('L');
    let item = list.inside('LI');
    const walk = (children: readonly Node[]) => {
      for (const child of children) {
        if (typeof child === 'string') continue;
        if (child.name === 'div') walk(child.children);
        else if (child.name === 'dt') {
          item = list.inside('LI');
          const cells = this.setter.cells(child.children, strong, false);
          this.#push(paragraph(cells, { ...place, tag: item.inside('Lbl'), above: 6, holds: true }));
        } else
          this.#flow(child.children, {
            ...place,
            tag: item.inside('LBody'),
            look: hasClass(child, 'sample') ? prose : plain,
            leading: 13.4,
          });
      }
    };
    walk(element.children);
  }

  #table(element: Element, place: Place): void {
    const table = place.tag.inside('Table');
    const caption = element.children.find(child => typeof child !== 'string' && child.name === 'caption');
    if (caption !== undefined && typeof caption !== 'string') {
      const cells = this.setter.cells(caption.children, strong, false);
      this.#push(paragraph(cells, { ...place, tag: table.inside('Caption'), above: 8, leading: 14, holds: true }));
    }
    const form = {
      ...place,
      leading: 12.5,
      pad: 5,
      look: plain,
      setter: this.setter,
      above: caption ? 2 : place.cover ? 5 : 8,
    };
    this.#push(tableStrips(element, table, form));
  }

  #quotation(element: Element, place: Place): void {
    const [x, width] = [place.x + 12, place.width - 12];
    const cells = this.setter.cells(element.children, place.look, true);
    const tag = place.tag.inside('BlockQuote').inside('P');
    this.#push(
      paragraph(cells, {
        ...place,
        ...{ tag, x, width, kept: true, above: 5, below: 3 },
        behind(ground, y, { height }) {
          const bar = (at: number) => `${points(at)} ${points(y)} m ${points(at)} ${points(y + height)} l S`;
          artifact(ground.document, 'Layout', () =>
            ground.raw(`0 0 0 RG 0.6 w ${bar(place.x + 2)} ${bar(place.x + 4.5)}`),
          );
        },
      }),
    );
  }

  #contents(element: Element, place: Place): void {
    const list = element.children.find(child => typeof child !== 'string' && child.name === 'ol');
    this.#flow(
      element.children.filter(child => child !== list),
      place,
    );
    if (list === undefined || typeof list === 'string') return;
    const toc = place.tag.inside('TOC');
    const items = list.children.filter(child => typeof child !== 'string');
    this.#push(items.map((item, i) => contentsStrip(item, i + 1, toc, { ...place, setter: this.setter })));
  }

  /** What is led to, and what begins a page, is known by the first strip that follows. */
  #push(strips: readonly Strip[]): void {
    const [first, ...others] = strips;
    if (first === undefined) return;
    const ids = this.#ids;
    const fresh = this.#fresh && this.strips.length > 0;
    this.#ids = [];
    this.#fresh = false;
    const bare = ids.length === 0 && !fresh;
    const led: Strip = {
      ...first,
      ...(fresh && { fresh }),
      ids: [...ids, ...(first.ids ?? [])],
      paint(ground, y, again) {
        for (const id of ids) ground.destination(id, y - 6);
        first.paint(ground, y, again);
      },
    };
    this.strips.push(bare ? first : led);
    // One by one: a line of ten million letters is more strips than a call takes arguments.
    for (const other of others) this.strips.push(other);
  }
}
