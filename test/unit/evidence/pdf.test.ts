import assert from 'node:assert/strict';
import { reportHtml } from '../../../src/evidence/html.ts';
import { type Node, nodesOf, textOf } from '../../../src/evidence/pdf/nodes.ts';
import { reportPdf } from '../../../src/evidence/pdf.ts';
import { makeReport, type Report } from '../../../src/evidence/report.ts';
import { toolOrSkip } from '../../support/pdfTools.ts';
import { sampleStory, sampleWork } from '../../support/sampleStory.ts';
import { Story } from '../../support/story.ts';

const sample = makeReport([sampleStory().source()], { work: sampleWork });
const languages = ['en', 'ru', 'kk'] as const;
const documents = new Map(languages.map(language => [language, reportPdf(sample, { language })]));

/** What no reader sees between letters. */
const bare = (text: string) => text.replace(/[\s\u00a0\u2009\f]+/g, '');

/** What stands below text with marks. */
const legends = {
  en: 'HHumanAMachine\\(AI\\)MMechanicalOOutsideEEarlier\\?Unknown',
  ru: 'ЧЧеловекИМашина\\(ИИ\\)ММеханикаВИзвнеРРанее\\?Неустановлено',
  kk: 'ААдамЖМашина\\(ЖИ\\)ММеханикаССырттанББұрыннан\\?Анықталмаған',
};

/** What ties each page to the record. */
const root = makeReport([sampleStory().source()]).integrity[0]!.root.slice(0, 16);
const roots = { en: `Rootoftherecord:${root}`, ru: `Кореньзаписи:${root}`, kk: `Жазбатүбірі:${root}` };

/** Texts of the page's blocks, in the order of reading. */
function blocksOf(nodes: readonly Node[]): string[] {
  return nodes.flatMap(node => {
    if (typeof node === 'string') return [node];
    if (['svg', 'button'].includes(node.name) || / hidden\b/.test(node.written)) return [];
    const parts = blocksOf(node.children);
    if (node.name === 'q') return [`“${parts.join('')}”`];
    return /^(p|h[234]|li|t[hd]|dt|dd|caption|summary|figcaption|blockquote)$/.test(node.name) ||
      /class="l[ "]/.test(node.written)
      ? [parts.join('')]
      : parts;
  });
}

function mainOf(html: string): Node[] {
  return nodesOf(html.slice(html.indexOf('<main>'), html.indexOf('</footer>') + 9));
}

/** The same value, the members of every object in another order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).reverse();
  return Object.fromEntries(members.map(([name, member]) => [name, turned(member)]));
}

/** The text as a reader of PDFs finds it. */
function readText(test: Mocha.Context, document: Uint8Array): string {
  return bare(toolOrSkip(test as never, 'pdftotext', ['-raw', '-enc', 'UTF-8', 'FILE', '-'], document));
}

describe('report as PDF', () => {
  for (const language of languages) {
    it(`says all that the page says, in its order (${language})`, function () {
      const html = reportHtml(sample, { language });
      const kind = bare(textOf(nodesOf(/<p class="kicker">.*?<\/p>/.exec(html)![0])[0]!));
      const count = /Pages: +(\d+)/.exec(toolOrSkip(this as never, 'pdfinfo', ['FILE'], documents.get(language)!))![1];
      const pages = { en: `Page\\d+of${count}`, ru: `Лист\\d+из${count}`, kk: `${count}парақтың\\d+-парағы` };
      const running = new RegExp(
        `(${kind})?${bare(sampleWork.title[language]!)}${pages[language]}${roots[language]}(${legends[language]})?`,
        'g',
      );
      const text = readText(this, documents.get(language)!).replace(running, '');
      let at = 0;
      for (const block of blocksOf(mainOf(reportHtml(sample, { language })))) {
        const said = bare(block);
        const found = text.indexOf(said, at);
        assert.ok(
          found >= 0,
          `${block}\nis not behind\n${text.slice(Math.max(0, at - 60), at)}\nwhere stands\n${text.slice(at, at + 200)}`,
        );
        at = found + said.length;
      }
    });

    it(`is sound, and embeds every face (${language})`, function () {
      const document = documents.get(language)!;
      assert.match(
        toolOrSkip(this as never, 'qpdf', ['--check', 'FILE'], document),
        /No syntax or stream encoding errors/,
      );
      const fonts = toolOrSkip(this as never, 'pdffonts', ['FILE'], document)
        .trim()
        .split('\n')
        .slice(2);
      assert.ok(fonts.length >= 3);
      for (const font of fonts) assert.match(font, /^[A-Z]{6}\+DejaVu\S+ +CID TrueType +Identity-H +yes yes yes /);
    });
  }

  it('is the same bytes again, in another time zone, and from the report’s JSON in any order', () => {
    const zone = process.env.TZ;
    process.env.TZ = 'Asia/Almaty';
    const again = reportPdf(turned(JSON.parse(JSON.stringify(sample))) as Report, { language: 'kk' });
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    assert.ok(Buffer.from(documents.get('kk')!).equals(again));
  });

  it('is A4, tagged, dated by the record, and holds the report’s data as it is', function () {
    const document = documents.get('ru')!;
    const facts = toolOrSkip(this as never, 'pdfinfo', ['FILE'], document);
    assert.match(facts, /Title: +Ветер над степью · Отчёт о происхождении текста\nSubject: +Отчёт/);
    assert.match(facts, /Tagged: +yes[\s\S]*Page size: +595\.28 x 841\.89 pts \(A4\)/);
    const attached = toolOrSkip(this as never, 'qpdf', ['--show-attachment=report.json', 'FILE'], document);
    assert.deepEqual(JSON.parse(attached), JSON.parse(JSON.stringify(sample)));
  });

  it('numbers every page of an exhibit', function () {
    const pages = toolOrSkip(
      this as never,
      'pdftotext',
      ['-raw', 'FILE', '-'],
      reportPdf(sample, { language: 'kk', exhibit: 'AEP-7F3A' }),
    ).split('\f');
    pages.pop();
    assert.ok(pages.length > 5);
    for (const [i, page] of pages.entries()) {
      assert.match(page, new RegExp(`AEP-7F3A-${String(i + 1).padStart(6, '0')}`));
      assert.match(page, new RegExp(`${pages.length} парақтың ${i + 1}-парағы`));
    }
  });

  it('loses no letter that its faces lack, and says how many there are', function () {
    const story = new Story('letters', '2026-11-12T04:10:00Z', 'Letters');
    story.session();
    const text = 'Снег 雪が降る ثلج שלג 🫠 \u{1f468}\u200d\u{1f469} e\u0301 ﷽\n';
    story.baseline('письмо.md', text);
    const document = reportPdf(makeReport([story.source()]), { language: 'en' });
    const read = bare(toolOrSkip(this as never, 'pdftotext', ['-raw', '-enc', 'UTF-8', 'FILE', '-'], document));
    for (const word of ['雪が降る', 'ثلج', 'שלג', '🫠']) {
      for (const letter of word) assert.ok(read.includes(letter), letter);
    }
    assert.match(read, /holdsnoface:1[2-9]\./);
    assert.doesNotMatch(readText(this, documents.get('en')!), /holdsnoface/);
  });

  it('of nothing recorded still is a document', function () {
    const story = new Story('empty', '2026-11-12T04:10:00Z', 'Empty');
    const document = reportPdf(makeReport([story.source()]), { language: 'en' });
    const text = readText(this, document);
    assert.match(text, /Nofileisrecorded/);
    assert.doesNotMatch(text, /NaN|undefined|Infinity/);
  });
});
