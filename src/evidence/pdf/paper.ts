import { zlibSync } from 'fflate';
import PDFDocument from 'pdfkit';
import { colourProfile } from './profile.ts';
import { type About, propertiesXml } from './properties.ts';
import { sheet } from './sheet.ts';

/** What of pdfkit its published types leave out or leave open. */
export type Document = Omit<PDFKit.PDFDocument, 'ref' | 'page'> & {
  _font: {
    readonly id: string;
    ref(): unknown;
    encode(text: string): [string[], unknown[]];
    readonly font: FontTables;
  };
  page: { readonly fonts: Record<string, unknown>; write(content: string): void };
  ref(data?: Record<string, unknown>): Reference;
  _root: { readonly data: Record<string, unknown> };
  appendXML(xml: string): void;
};

interface FontTables {
  hasGlyphForCodePoint(point: number): boolean;
  glyphForCodePoint(point: number): { readonly advanceWidth: number };
  readonly unitsPerEm: number;
}

interface Reference {
  readonly data: Record<string, unknown>;
  buffer: Uint8Array[];
  compress: boolean;
  write(content: Uint8Array): void;
  end(): void;
  finalize(): void;
}

export interface Attachment {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly description: string;
}

/**
 * An empty document made to the rules of PDF/A-3a (ISO 19005-3): tagged, in sRGB, with its properties as XMP. A
 * function of its arguments: no clock, and streams are deflated by fflate, since zlib's output differs between
 * processors and versions of Node. pdfkit has places for all of that and no option, so they are taken on the object.
 */
export function newPaper(about: About): Document {
  const document = new PDFDocument({
    autoFirstPage: false,
    compress: false,
    displayTitle: true,
    // No face of the reader's machine: all are given, and embedded.
    font: null as unknown as string,
    info: {
      Title: about.title,
      ...(about.author !== '' && { Author: about.author }),
      Subject: about.subject,
      ...made,
      CreationDate: about.date,
    },
    lang: about.language,
    margin: 0,
    pdfVersion: '1.7',
    size: [sheet.width, sheet.height],
    subset: 'PDF/A-3a' as 'PDF/A-3',
    tagged: true,
  }) as unknown as Document;
  const plain = document.ref.bind(document);
  return Object.assign(document, {
    ref: (data?: Record<string, unknown>) => deflating(plain(data)),
    _addInfo: () => document.appendXML(propertiesXml(about, made)),
    _addColorOutputIntent: () => addColours(document),
  });
}

const made = { Producer: 'PDFKit', Creator: 'Holograph' } as const;

/** Ends the document and gives its bytes. */
export function bytesOf(document: Document): Uint8Array {
  const parts: Buffer[] = [];
  document.end();
  for (let part = document.read(); part !== null; part = document.read()) parts.push(part as Buffer);
  return new Uint8Array(Buffer.concat(parts));
}

/** Puts a file into the document, of which the pages are another form. */
export function attach(document: Document, { name, bytes, type, description }: Attachment, date: Date): void {
  const options = { name, type, description, relationship: 'Alternative', creationDate: date, modifiedDate: date };
  document.file(Buffer.from(bytes), options as PDFKit.Mixins.PDFAttachmentOptions);
}

function deflating(reference: Reference): Reference {
  const finalize = reference.finalize.bind(reference);
  reference.finalize = () => {
    const { data, buffer } = reference;
    if (buffer.length > 0 && data.Filter === undefined && data.Type !== 'Metadata') {
      reference.buffer = [zlibSync(buffer.length === 1 ? buffer[0]! : Buffer.concat(buffer), { level: 6 })];
      data.Filter = 'FlateDecode';
    }
    finalize();
  };
  return reference;
}

function addColours(document: Document): void {
  const profile = document.ref({ N: 3 });
  profile.write(colourProfile());
  profile.end();
  const name = new String('sRGB IEC61966-2.1');
  const intent = document.ref({
    Type: 'OutputIntent',
    S: 'GTS_PDFA1',
    Info: name,
    OutputConditionIdentifier: name,
    DestOutputProfile: profile,
  });
  intent.end();
  document._root.data.OutputIntents = [intent];
}
