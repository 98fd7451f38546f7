import type { PackageLanguage } from '../manifest.ts';
import { line } from './drawn.ts';
import type { Block, Cell, Form, FormField, FormPart } from './form.ts';
import { seen } from './seen.ts';
import { Wording } from './wording.ts';
import { documentXml, xml } from './wordParts.ts';

/** Twips between the margins of an A4 page; a field's name has less than its value. */
const measure = 9071;
const named = 3300;

/** `word/document.xml` of a form: each part begins a page. */
export function bodyXml({ parts }: Form): string {
  return documentXml(parts.map((part, i) => new Part(part, i > 0).xml()).join(''));
}

/** ISO 639 with the country whose spelling it is. */
const tags: Readonly<Record<PackageLanguage, string>> = { en: 'en-GB', ru: 'ru-RU', kk: 'kk-KZ' };

/** One language of a form in WordprocessingML. */
class Part {
  readonly #part: FormPart;
  readonly #fresh: boolean;
  readonly #empty: string;
  readonly #lang: string;

  constructor(part: FormPart, fresh: boolean) {
    this.#part = part;
    this.#fresh = fresh;
    this.#empty = new Wording(part.language).t('empty');
    this.#lang = `<w:lang w:val="${tags[part.language]}"/>`;
  }

  xml(): string {
    const { title, blocks } = this.#part;
    const opening = this.#paragraph(title, 'Heading1', this.#fresh ? '<w:pageBreakBefore/>' : '');
    return opening + blocks.map(block => this.#block(block)).join('');
  }

  #block(block: Block): string {
    switch (block.is) {
      case 'heading':
        return this.#paragraph(block.text, 'Heading2');
      case 'text':
        return this.#paragraph(
          block.text,
          block.look === 'small' ? 'Small' : block.look === 'own' ? 'Quote' : 'Normal',
        );
      case 'fields':
        return this.#table(
          [named, measure - named],
          undefined,
          block.fields.map(field => this.#field(field)),
        );
      case 'list': {
        const numbered = `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="${block.boxes ? 2 : 1}"/></w:numPr>`;
        return block.items.map(item => this.#paragraph(item, 'Normal', numbered)).join('');
      }
      case 'table': {
        const widths = widthsOf([block.head, ...block.rows]);
        return this.#table(
          widths,
          block.head,
          block.rows.map(row => row.map(cell => this.#cell(cell))),
        );
      }
      case 'lines':
        return Array.from({ length: block.count }, () => this.#paragraph(line(72), 'Normal')).join('');
      case 'signature':
        return this.#table(
          [named, measure - named],
          undefined,
          block.labels.map(label => [this.#cell(label), this.#cell(line(28))]),
        );
    }
  }

  #field({ label, value, by }: FormField): readonly string[] {
    return [this.#cell(label), this.#cell(by === 'person' ? line(28) : value)];
  }

  /** A paragraph of a cell; what is empty is seen to be. */
  #cell(cell: Cell): string {
    return cell === null
      ? this.#paragraph(this.#empty, 'Cell', '', '<w:i/><w:color w:val="606060"/>')
      : this.#paragraph(cell, 'Cell');
  }

  #table(widths: readonly number[], head: readonly string[] | undefined, rows: readonly (readonly string[])[]): string {
    const grid = widths.map(width => `<w:gridCol w:w="${width}"/>`).join('');
    const row = (cells: readonly string[], properties: string) =>
      `<w:tr><w:trPr><w:cantSplit/>${properties}</w:trPr>${cells
        .map((cell, i) => `<w:tc><w:tcPr><w:tcW w:w="${widths[i]}" w:type="dxa"/></w:tcPr>${cell}</w:tc>`)
        .join('')}</w:tr>`;
    const titled = head?.map(cell => this.#paragraph(cell, 'Cell', '', '<w:b/>'));
    const properties = `<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="${measure}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>`;
    const drawn = [...(titled ? [row(titled, '<w:tblHeader/>')] : []), ...rows.map(cells => row(cells, ''))];
    // Two tables without a paragraph between them would be one.
    return `<w:tbl>${properties}<w:tblGrid>${grid}</w:tblGrid>${drawn.join('')}</w:tbl>${this.#paragraph('', 'Gap')}`;
  }

  #paragraph(said: string, style: string, properties = '', run = ''): string {
    const texts = seen(said).split(/(\n|\t)/);
    const inner = texts
      .map(text => (text === '\n' ? '<w:br/>' : text === '\t' ? '<w:tab/>' : text === '' ? '' : written(text)))
      .join('');
    const runs = inner === '' ? '' : `<w:r><w:rPr>${run}${this.#lang}</w:rPr>${inner}</w:r>`;
    return `<w:p><w:pPr><w:pStyle w:val="${style}"/>${properties}</w:pPr>${runs}</w:p>`;
  }
}

function written(text: string): string {
  return `<w:t xml:space="preserve">${xml(text)}</w:t>`;
}

/** Columns as wide as what stands in them asks, within bounds; a word is not broken as long as all can have theirs. */
function widthsOf(rows: readonly (readonly Cell[])[]): readonly number[] {
  const asked = (rows[0] ?? []).map((_, i) => rows.reduce((most, row) => Math.max(most, widthOf(row[i] ?? '')), 0));
  const all = asked.reduce((n, width) => n + width, 0);
  return asked.map(width => Math.floor((measure * width) / all));
}

/** In letters. */
function widthOf(cell: string): number {
  const word = cell.split(/\s+/).reduce((most, one) => Math.max(most, one.length), 0);
  return Math.max(6, Math.min(word, 22) + 2, Math.min(cell.length, 26));
}
