import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';
import { reportPdf } from '../../../src/evidence/pdf.ts';
import { makeReport } from '../../../src/evidence/report.ts';
import { preflight } from '../../support/pdfTools.ts';
import { sampleStory, sampleWork } from '../../support/sampleStory.ts';

const report = makeReport([sampleStory().source()], { work: sampleWork });
const document = Buffer.from(reportPdf(report, { language: 'kk' }));
const written = document.toString('latin1');

/** An object as it is written, and its stream unpacked. */
interface Written {
  readonly dictionary: string;
  readonly stream: string | undefined;
}

const objects: readonly Written[] = [...written.matchAll(/^\d+ 0 obj\n([\s\S]*?)\n(?:stream\n|endobj$)/gm)].map(
  found => {
    const dictionary = found[1]!;
    if (!found[0].endsWith('stream\n')) return { dictionary, stream: undefined };
    const start = found.index + found[0].length;
    const bytes = document.subarray(start, start + Number(/\/Length (\d+)/.exec(dictionary)![1]));
    const stream = dictionary.includes('/FlateDecode') ? inflateSync(bytes) : bytes;
    return { dictionary, stream: stream.toString('latin1') };
  },
);

const of = (pattern: RegExp) => objects.filter(({ dictionary }) => pattern.test(dictionary));

/** The rules of ISO 19005-3 (PDF/A-3, level A) that can be seen in the file; nobody's validator speaks here. */
describe('PDF: rules of PDF/A-3a', () => {
  it('the file begins and ends as it must, and nothing in it acts or is locked', () => {
    assert.match(written, /^%PDF-1\.7\n%[\x80-\xff]{4}\n/);
    assert.match(
      written,
      /trailer\n<<\n\/Size \d+\n\/Root \d+ 0 R\n\/Info \d+ 0 R\n\/ID \[<[0-9a-f]{32}> <[0-9a-f]{32}>\]\n>>/,
    );
    for (const { dictionary } of objects)
      assert.doesNotMatch(dictionary, /\/(JS|JavaScript|AA|Encrypt|Launch|URI|LZWDecode)\b/);
  });

  it('the catalogue names structure, language, colours, properties and the attached file', () => {
    const [catalogue] = of(/\/Type \/Catalog/);
    for (const key of ['StructTreeRoot', 'MarkInfo', 'Metadata', 'ViewerPreferences', 'Outlines']) {
      assert.match(catalogue!.dictionary, new RegExp(`/${key} \\d+ 0 R`), key);
    }
    assert.match(
      catalogue!.dictionary,
      /\/Lang \(kk\)[\s\S]*\/OutputIntents \[\d+ 0 R\]|\/OutputIntents \[\d+ 0 R\][\s\S]*\/Lang \(kk\)/,
    );
    assert.match(catalogue!.dictionary, /\/AF \[\d+ 0 R\]/);
    assert.equal(of(/\/Marked true/).length, 1);
    assert.match(of(/\/GTS_PDFA1/)[0]!.dictionary, /\/DestOutputProfile \d+ 0 R/);
  });

  it('its properties are given as XMP, and name the level', () => {
    const [properties] = of(/\/Type \/Metadata/);
    const xml = Buffer.from(properties!.stream!, 'latin1').toString('utf8');
    assert.match(xml, /<pdfaid:part>3<\/pdfaid:part>\s*<pdfaid:conformance>A<\/pdfaid:conformance>/);
    assert.match(xml, /<rdf:li>Әсел Құрманғалиева<\/rdf:li>/);
    assert.doesNotMatch(properties!.dictionary, /Filter/);
  });

  it('every face is embedded, with the meaning of its letters', () => {
    const faces = of(/\/Type \/FontDescriptor/);
    assert.ok(faces.length >= 3);
    for (const { dictionary } of faces) assert.match(dictionary, /\/FontFile2 \d+ 0 R/);
    for (const { dictionary } of of(/\/Subtype \/Type0/)) assert.match(dictionary, /\/ToUnicode \d+ 0 R/);
    assert.equal(of(/\/Subtype \/Type0/).length, faces.length);
    for (const { stream } of of(/./))
      if (stream?.includes(' Tj ET')) assert.doesNotMatch(stream, /<(?:[0-9a-f]{4})*?0000(?:[0-9a-f]{4})*> Tj/);
  });

  it('all that is drawn belongs to the structure or is called an artifact', () => {
    const pages = objects.filter(({ stream }) => stream?.includes(' Tj ET'));
    assert.ok(pages.length > 5);
    for (const { stream } of pages) {
      let depth = 0;
      for (const line of stream!.split('\n')) {
        if (/ (BDC|BMC)$/.test(line)) depth++;
        else if (line === 'EMC') depth--;
        else if (/ (Tj|S|f|B|f\*)( |$)/.test(line)) assert.ok(depth > 0, line);
      }
      assert.equal(depth, 0);
    }
  });

  it('text in another language than the document’s says which', () => {
    const streams = objects.map(({ stream }) => stream ?? '').join('');
    for (const language of ['en', 'ru']) assert.ok(streams.includes(`/Lang (${language})>> BDC`), language);
    assert.ok(of(/\/S \/Div[\s\S]*\/Lang \(ru\)/).length >= 2);
  });

  it('pictures say in words what they show, heads of tables what they head, links where they lead', () => {
    const figures = of(/\/S \/Figure/);
    assert.ok(figures.length >= 5);
    for (const { dictionary } of figures) assert.match(dictionary, /\/Alt \(.{4}/s);
    const heads = of(/\/S \/TH\b/);
    assert.ok(heads.length > 20);
    for (const { dictionary } of heads) assert.match(dictionary, /\/Scope \/(Row|Column)/);
    const links = of(/\/Subtype \/Link/);
    assert.ok(links.length > 2);
    for (const { dictionary } of links) assert.match(dictionary, /\/Contents \(.[\s\S]*\/F 4[\s\S]*\/StructParent \d+/);
    assert.equal(of(/\/S \/Link/).length, links.length);
  });

  it('every link leads to a place that is there', () => {
    const [names] = of(/\/Dests <</);
    const places = new Set([...names!.dictionary.matchAll(/\((\w+)\) \[\d+ 0 R/g)].map(([, name]) => name));
    const targets = of(/\/S \/GoTo/).map(({ dictionary }) => /\/D \((\w+)\)/.exec(dictionary)![1]);
    assert.ok(targets.length > 2 && targets.includes('p1r1'));
    assert.deepEqual(
      targets.filter(target => !places.has(target)),
      [],
    );
  });

  it('a validator that is not ours finds nothing but what level 3 allows and level 1 did not', function () {
    this.timeout(120_000);
    const found = preflight(document);
    if (found === undefined) {
      this.test!.title += ' [skipped: Apache PDFBox Preflight is not on this machine]';
      return this.skip();
    }
    const level1 = /part must be 1|The CIDSet entry is missing|EmbeddedFile entry is present/;
    assert.ok(found.length > 3);
    assert.deepEqual(
      found.filter(line => !level1.test(line)),
      [],
    );
  });

  it('the report’s data is attached as another form of the pages', () => {
    assert.match(
      of(/\/Type \/Filespec/)[0]!.dictionary,
      /\/AFRelationship \/Alternative[\s\S]*\/F \(report\.json\)[\s\S]*\/UF \(report\.json\)/,
    );
    const [file] = of(/\/Type \/EmbeddedFile/);
    assert.match(file!.dictionary, /\/Subtype \/application#2Fjson/);
    assert.match(file!.dictionary, /\/ModDate \(D:20261115151041Z\)/);
    const text = Buffer.from(file!.stream!, 'latin1').toString('utf8');
    assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(report)));
  });
});
