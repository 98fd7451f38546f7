import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { unzipSync } from 'fflate';
import { markupOf } from '../../../../src/evidence/forms/drawn.ts';
import { type Block, type Form, fields, open } from '../../../../src/evidence/forms/form.ts';
import { formsOf } from '../../../../src/evidence/forms/forms.ts';
import { plainText } from '../../../../src/evidence/forms/plain.ts';
import { wordOf } from '../../../../src/evidence/forms/word.ts';
import { nodesOf, textOf } from '../../../../src/evidence/pdf/nodes.ts';
import { makeReport } from '../../../../src/evidence/report.ts';
import { toolOrSkip } from '../../../support/pdfTools.ts';
import { sampleStory, sampleWork } from '../../../support/sampleStory.ts';

const report = makeReport([sampleStory().source()], { work: sampleWork, profile: 'kz-composite' });
const forms = formsOf({ report, software: 'holograph/0.1.0' }, 'kk');
const about = { author: 'Әсел <Құрманғалиева> & Co', date: new Date('2026-11-15T15:10:41Z') };
const of = (...blocks: Block[]): Form => ({ name: 'one', parts: [{ language: 'en', title: 'One', blocks }] });
const xmlOf = (form: Form, name = 'word/document.xml') =>
  Buffer.from(unzipSync(wordOf(form, about))[name] ?? assert.fail(name)).toString('utf8');
const texts = (xml: string) =>
  [...xml.matchAll(/<w:t [^>]*>([^<]*)<\/w:t>|<w:br\/>/g)].map(([, said]) =>
    (said ?? '\n').replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))),
  );

describe('forms as DOCX', () => {
  it('are the same bytes in every time zone', () => {
    const digests = (zone: string | undefined) => {
      const before = process.env.TZ;
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
      try {
        return forms.map(form => hash('sha256', wordOf(form, about), 'hex'));
      } finally {
        if (before === undefined) delete process.env.TZ;
        else process.env.TZ = before;
      }
    };
    assert.deepEqual(digests('Asia/Almaty'), digests('America/St_Johns'));
  });

  it('hold every text of the form, as the plain text and the page for print do', () => {
    for (const form of forms) {
      const inWord = texts(xmlOf(form)).join('');
      const printed = nodesOf(markupOf(form)).map(textOf).join('');
      const plain = plainText(form);
      for (const { title, blocks } of form.parts) {
        for (const said of [title, ...blocks.flatMap(saidIn)]) {
          for (const [where, all] of Object.entries({ inWord, printed, plain }))
            assert.ok(all.replace(/\s/g, '').includes(said.replace(/\s/g, '')), `${form.name} ${where}: ${said}`);
        }
      }
    }
  });

  it('take cells of any length, and any number of rows', () => {
    const rows = Array.from({ length: 150_000 }, () => ['a']);
    rows.push(['b '.repeat(200_000)]);
    assert.match(xmlOf(of({ is: 'table', head: ['c'], rows })), /<w:t [^>]*>b b b/);
  });

  it('are dated by the record’s last event, in UTC', () => {
    const core = xmlOf(of(), 'docProps/core.xml');
    assert.equal(core.match(/2026-11-15T15:10:41Z/g)?.length, 2);
    assert.match(core, /Әсел &#60;Құрманғалиева&#62; &#38; Co/);
  });

  it('treat all text as text, whatever it is', () => {
    const hostile = '</w:t><w:br w:type="page"/>&amp;\u0000\u001b[2J\u202e\ud800\uffff\n=1+1\t"x"';
    const xml = xmlOf(of(fields({ label: 'a', value: hostile, by: 'author' }, open('b'))));
    assert.doesNotMatch(xml, /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\uffff]|w:type="page"/u);
    assert.ok(texts(xml).join('').includes('U+0000U+001B[2JU+202EU+D800U+FFFF\n=1+1"x"'));
  });

  it('tell an empty value from a line to be filled in', () => {
    const empty = fields({ label: 'a', value: null, by: 'author' }, open('b'));
    assert.deepEqual(texts(xmlOf(of(empty))), ['One', 'a', 'not given', 'b', '_'.repeat(28)]);
    assert.match(plainText(of(empty)), /a:\n\[not given\]\n\nb:\n_{28}\n/);
  });

  it('are well-formed for a reader of XML that is not ours', function () {
    const parse = 'import sys, xml.dom.minidom as xml; xml.parse(sys.argv[1])';
    for (const name of ['word/document.xml', 'word/styles.xml', 'word/numbering.xml', 'word/footer1.xml'])
      toolOrSkip(this, 'python3', ['-c', parse, 'FILE'], Buffer.from(xmlOf(forms[3]!, name)));
  });

  it('are opened by LibreOffice, with every text in its place', function () {
    this.timeout(180_000);
    const folder = mkdtempSync(join(tmpdir(), 'holograph-docx-'));
    try {
      const file = join(folder, 'form.docx');
      const form = forms.find(({ name }) => name === 'constituents')!;
      writeFileSync(file, wordOf(form, about));
      // Its own settings: a LibreOffice that the person has open would take the file otherwise.
      const own = `-env:UserInstallation=${pathToFileURL(join(folder, 'settings'))}`;
      const { error, stdout } = spawnSync('soffice', [own, '--headless', '--cat', file], {
        encoding: 'utf8',
        // It writes in the letters of its environment.
        env: { ...process.env, LC_ALL: 'C.UTF-8' },
      });
      if (error !== undefined) {
        this.test!.title += ' [skipped: soffice is not on this machine]';
        this.skip();
      }
      const read = stdout.replace(/\s/g, '');
      for (const { title, blocks } of form.parts)
        for (const said of [title, ...blocks.flatMap(saidIn)]) assert.ok(read.includes(said.replace(/\s/g, '')), said);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('are opened by unzip', function () {
    assert.match(toolOrSkip(this, 'unzip', ['-t', 'FILE'], wordOf(forms[0]!, about)), /No errors/);
  });
});

function saidIn(block: Block): readonly string[] {
  switch (block.is) {
    case 'heading':
    case 'text':
      return [block.text];
    case 'fields':
      return block.fields.flatMap(({ label, value }) => (value === null ? [label] : [label, value]));
    case 'list':
      return block.items;
    case 'table':
      return [block.head, ...block.rows].flat().filter(cell => cell !== null);
    case 'lines':
      return ['_'.repeat(72)];
    case 'signature':
      return block.labels;
  }
}
