import assert from 'node:assert/strict';
import { reportHtml } from '../../../src/evidence/html.ts';
import { markedCopy } from '../../../src/evidence/markedCopy.ts';
import { markedPdf } from '../../../src/evidence/pdf.ts';
import { makeReport } from '../../../src/evidence/report.ts';
import { emptyWork } from '../../../src/evidence/work.ts';
import { shownLines } from '../../support/pageText.ts';
import { toolOrSkip } from '../../support/pdfTools.ts';
import { sampleStory, sampleWork } from '../../support/sampleStory.ts';
import { Story } from '../../support/story.ts';

const sample = makeReport([sampleStory().source()], { work: sampleWork });
const languages = ['en', 'ru', 'kk'] as const;

describe('deposit copy with marked spans', () => {
  for (const language of languages) {
    it(`is the text of every file, word for word, marked as the report marks it (${language})`, () => {
      const copy = markedCopy(sample, { language });
      const page = reportHtml(sample, { language });
      assert.ok(sample.files.length > 1);
      for (const [i, file] of sample.files.entries()) {
        const lines = shownLines(copy, i + 1);
        assert.equal(lines.map(line => line.text).join('\n'), file.text);
        assert.deepEqual(lines, shownLines(page, i + 1));
      }
    });
  }

  it('asks for nothing, runs nothing, points nowhere, and says nothing of a threshold', () => {
    const copy = markedCopy(sample, { language: 'en' });
    assert.doesNotMatch(copy, /<script|<a |href=|src=|url\((?!#)|https?:(?!\/\/www\.w3\.org)/);
    assert.match(copy, /Content-Security-Policy" content="default-src 'none'; style-src 'sha256-/);
    assert.doesNotMatch(copy, /\bprotected\b|undefined|NaN/);
  });

  it('names the prompt that led to a run by its number in the register', () => {
    const asked = sample.prompts.find(({ id }) => sample.files.some(({ spans }) => spans.some(s => s.prompt === id)))!;
    assert.ok(markedCopy(sample, { language: 'en' }).includes(`<i>⟦A${asked.number} </i>`));
  });

  it('treats a hostile work as text', () => {
    const story = new Story('hostile', '2026-11-12T04:10:00Z', 'Hostile');
    story.session();
    story.baseline('x<script>.md', '</div><script>alert(1)</script>\u202e⟦A ⟧\n');
    const title = { und: '<img src=x>' };
    const copy = markedCopy(makeReport([story.source()], { work: { ...emptyWork, title } }), { language: 'ru' });
    assert.doesNotMatch(copy, /<script|<img/);
    assert.equal(shownLines(copy)[0]!.text, '</div><script>alert(1)</script>U+202E⟦A ⟧');
  });

  it('numbers its pages, in its language, and explains the marks on each that has any', function () {
    const document = markedPdf(sample, { language: 'kk', exhibit: 'AEP-7F3A-M' });
    const text = toolOrSkip(this as never, 'pdftotext', ['-raw', '-enc', 'UTF-8', 'FILE', '-'], document);
    const pages = text.split('\f').slice(0, -1);
    assert.ok(pages.length > 1);
    for (const [i, page] of pages.entries()) {
      assert.match(page, new RegExp(`AEP-7F3A-M-${String(i + 1).padStart(6, '0')}`));
      assert.match(page, new RegExp(`${pages.length} парақтың ${i + 1}-парағы`));
    }
    assert.match(pages.at(-1)!, /Ж\s*Машина/);
    assert.match(toolOrSkip(this as never, 'pdfinfo', ['FILE'], document), /Tagged: +yes/);
  });

  it('is the same bytes in another time zone', () => {
    const before = process.env.TZ;
    const [here, there] = ['Asia/Almaty', 'America/Los_Angeles'].map(zone => {
      process.env.TZ = zone;
      return Buffer.from(markedPdf(sample, { language: 'ru' }));
    });
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
    assert.ok(here!.equals(there!));
  });
});
