import { crc32 } from 'node:zlib';
import { deflateSync } from 'fflate';
import { directory, dosStamp, localHeader, type ZipEntry } from '../zip.ts';
import type { Form } from './form.ts';
import { bodyXml } from './wordBody.ts';
import { contentTypes, coreXml, documentRelations, footerXml, numbering, relations, styles } from './wordParts.ts';

export interface WordAbout {
  readonly author: string;
  /** Of the record's last event. */
  readonly date: Date;
}

/**
 * A form as a DOCX file, to be completed in a word processor: WordprocessingML (ECMA-376, fifth edition, part 1), A4 with
 * 30 mm on the left, headings, lists, tables with head rows, each part in its language. A pure function of its arguments,
 * the same bytes on every machine and in every time zone: a verifier makes it again.
 */
export function wordOf(form: Form, { author, date }: WordAbout): Uint8Array {
  const title = form.parts[0]?.title ?? form.name;
  return archive(dosStamp(date.getTime(), 0), [
    ['[Content_Types].xml', contentTypes],
    ['_rels/.rels', relations],
    ['docProps/core.xml', coreXml(title, author, date)],
    ['word/document.xml', bodyXml(form)],
    ['word/_rels/document.xml.rels', documentRelations],
    ['word/styles.xml', styles],
    ['word/numbering.xml', numbering],
    ['word/footer1.xml', footerXml(title)],
  ]);
}

/** As `ZipWriter`, whose names know no brackets. */
function archive(stamp: number, parts: readonly (readonly [name: string, xml: string])[]): Uint8Array {
  const entries: ZipEntry[] = [];
  const pieces: Uint8Array[] = [];
  let offset = 0;
  for (const [name, xml] of parts) {
    const bytes = Buffer.from(xml, 'utf8');
    const body = deflateSync(bytes, { level: 6 });
    const [crc, packed, length] = [crc32(bytes), body.length, bytes.length];
    const entry: ZipEntry = { name, stamp, method: 8, crc, packed, length, offset };
    const header = localHeader(entry);
    entries.push(entry);
    pieces.push(header, body);
    offset += header.length + body.length;
  }
  return Buffer.concat([...pieces, directory(entries, offset)]);
}
