import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { markupOf } from '../../../src/evidence/forms/drawn.ts';
import { reportHtml } from '../../../src/evidence/html.ts';
import { type Cell, Setter } from '../../../src/evidence/pdf/cells.ts';
import { Composer } from '../../../src/evidence/pdf/composer.ts';
import { Faces } from '../../../src/evidence/pdf/faces.ts';
import { linesOf } from '../../../src/evidence/pdf/line.ts';
import type { Look } from '../../../src/evidence/pdf/look.ts';
import { type Element, type Node, nodesOf, textOf } from '../../../src/evidence/pdf/nodes.ts';
import { newPaper } from '../../../src/evidence/pdf/paper.ts';
import { colourProfile } from '../../../src/evidence/pdf/profile.ts';
import { propertiesXml, propertyText } from '../../../src/evidence/pdf/properties.ts';
import { pagesOf, type Strip } from '../../../src/evidence/pdf/strip.ts';
import { makeReport } from '../../../src/evidence/report.ts';
import type { Hand } from '../../../src/provenance/origin.ts';
import { shownLines } from '../../support/pageText.ts';
import { randomStory } from '../../support/randomStory.ts';
import { sampleStory, sampleWork } from '../../support/sampleStory.ts';

const about = { title: 'T', author: '', subject: 'S', language: 'kk', date: new Date('2026-11-15T15:10:41Z') };
const faces = new Faces(newPaper(about));
const names = ['serif', 'strong', 'sans', 'mono'] as const;
const look: Look = { face: 'serif', size: 10, ink: [0, 0, 0] };
const anyText = fc.string({
  unit: fc.constantFrom('а', 'ң', 'wide', ' ', '  ', '-', '\n', '中', '\t', '😀', '\u00a0', 'слово'),
});

describe('PDF: letters', () => {
  const needed = 'ӘәҒғҚқҢңӨөҰұҮүҺһІіЁёЪъЫыЭэАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЬЮЯ№₸▮█«»„“”’—–…·•×÷→⟨⟩§©°−';

  for (const name of names) {
    it(`every Kazakh and Russian letter and every sign of the report has its own shape in ${name}`, () => {
      const glyphs = [...needed].map(letter => faces.glyph(letter, name));
      assert.deepEqual(
        [...needed].filter((_, i) => glyphs[i] === undefined),
        [],
      );
      const own = faces.glyph('a', name)!.face;
      assert.deepEqual(
        [...needed].filter((_, i) => glyphs[i]!.face !== own),
        [],
      );
      assert.equal(new Set(glyphs.map(glyph => glyph!.code)).size, needed.length);
    });
  }

  it('what only the widest face has comes from it, and what none has is told', () => {
    const widest = faces.glyph('a', 'sans')!.face;
    for (const letter of '✓☐⟦⟧') assert.equal(faces.glyph(letter, 'serif')?.face, widest, letter);
    for (const letter of ['中', 'ع', 'ש', '\ud800', '\u0000', '\ue000', '\u202e']) {
      assert.equal(faces.glyph(letter, 'sans'), undefined, letter);
    }
  });

  it('the faces lie beside their licence', () => {
    assert.match(readFileSync(new URL('../../../media/fonts/LICENSE', import.meta.url), 'utf8'), /Bitstream Vera/);
    assert.ok(existsSync(new URL('../../../media/fonts/DejaVuSansMono.ttf', import.meta.url)));
  });
});

describe('PDF: lines', () => {
  const shown = (cells: readonly Cell[]) => cells.map(({ text, actual }) => actual ?? text).join('');

  it('hold every letter once, in order, whatever the width', () => {
    fc.assert(
      fc.property(anyText, fc.double({ min: 1, max: 300, noNaN: true }), (text, width) => {
        const cells = new Setter(faces).cells([text], look, true);
        const said = linesOf(cells, width, true).flatMap(({ pieces }) =>
          pieces.map(piece => piece.actual ?? piece.text),
        );
        assert.equal(said.join(''), text.replaceAll('\n', ''));
        assert.equal(shown(cells).replaceAll(' ', '').length, text.replaceAll(/[ \n]/g, '').length);
      }),
    );
  });

  it('are no wider than they may be, but where one letter is', () => {
    fc.assert(
      fc.property(anyText, fc.double({ min: 1, max: 300, noNaN: true }), (text, width) => {
        const cells = new Setter(faces).cells([text], look, false);
        for (const line of linesOf(cells, width)) {
          const letters = [
            ...line.pieces
              .map(piece => piece.text)
              .join('')
              .trim(),
          ];
          assert.ok(line.width <= width + 0.02 || letters.length <= 4, `${line.width} > ${width}: ${letters.join('')}`);
        }
      }),
    );
  });

  it('break at spaces, and keep one of them for whoever copies the text', () => {
    const cells = new Setter(faces).cells(['Ветер  над \n степью'], look, false);
    const lines = linesOf(cells, 45).map(({ pieces }) => pieces.map(piece => piece.text).join(''));
    assert.deepEqual(lines, ['Ветер ', 'над ', 'степью']);
  });
});

describe('PDF: marks', () => {
  const letters: Readonly<Record<Hand, string>> = {
    human: '',
    machine: 'ma',
    mechanical: 'me',
    outside: 'ou',
    earlier: 'ea',
    unknown: 'un',
  };
  const lines = (nodes: readonly Node[]): Element[] =>
    nodes.flatMap(node =>
      typeof node === 'string' ? [] : /class="l[ "]/.test(node.written) ? [node] : lines(node.children),
    );
  /** The work's own text: without the report's brackets. */
  const own = (nodes: readonly Node[]): Node[] =>
    nodes.flatMap((node): Node[] =>
      typeof node === 'string' ? [node] : /^[ia]$/.test(node.name) ? [] : [{ ...node, children: own(node.children) }],
    );

  it('every letter bears the mark on paper that it bears on the page, whatever was written', () => {
    fc.assert(
      fc.property(randomStory, story => {
        const report = makeReport([story.source()]);
        const html = reportHtml(report, { language: 'en' });
        const article = /<article class="file"[\s\S]*?<\/article>/.exec(html)?.[0] ?? '';
        const page = report.files.length === 0 ? [] : shownLines(html);
        const paper = lines(nodesOf(article)).map(line => {
          const cells = new Setter(faces).cells(own(line.children), look, true).slice(0, -1);
          return cells.flatMap(({ text, actual, look: { hand } }) =>
            [...(actual ?? text)].flatMap(point =>
              Array.from({ length: point.length }, () => letters[hand ?? 'human']),
            ),
          );
        });
        assert.deepEqual(
          paper,
          page.map(({ marks }) => marks),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('PDF: pages', () => {
  const strip = fc.record({
    height: fc.integer({ min: 1, max: 130 }),
    above: fc.integer({ min: 0, max: 20 }),
    keep: fc.boolean(),
    fresh: fc.boolean(),
    headed: fc.boolean(),
  });

  it('hold every strip once, in order, apart from each other and above the foot', () => {
    fc.assert(
      fc.property(fc.array(strip, { maxLength: 40 }), made => {
        const head: Strip = { height: 7, above: 0, paint: () => undefined };
        const strips = made.map(
          ({ headed, ...one }): Strip => ({ ...one, ...(headed && { head }), paint: () => undefined }),
        );
        const pages = pagesOf(strips, 10, 110);
        assert.deepEqual(
          pages.flatMap(page => page.filter(({ again }) => !again).map(placed => placed.strip)),
          strips,
        );
        for (const page of pages) {
          assert.ok(page.length > 0);
          page.forEach(({ strip: one, y }, i) => {
            const before = page[i - 1];
            assert.ok(y >= (before === undefined ? 10 : before.y + before.strip.height));
            assert.ok(y + one.height <= 110 || page.filter(({ again }) => !again).length === 1 || i === 0);
            assert.ok(!one.fresh || i === 0 || page[i - 1]!.again);
          });
        }
      }),
    );
  });

  it('end with no strip that holds to the next, where a page can hold both', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 40 }), keeps => {
        // Never more than three in a row.
        const strips = keeps.map(
          (keep, i): Strip => ({ height: 20, above: 0, keep: keep && i % 4 !== 3, paint: () => undefined }),
        );
        const ends = pagesOf(strips, 0, 100)
          .slice(0, -1)
          .map(page => page.at(-1)!.strip.keep);
        assert.deepEqual(ends.filter(Boolean), []);
      }),
    );
  });
});

describe('PDF: markup', () => {
  const report = makeReport([sampleStory().source()], { work: sampleWork });
  const html = reportHtml(report, { language: 'ru' });
  const main = html.slice(html.indexOf('<main>'), html.indexOf('</main>') + 7);

  it('is read back as it was written', () => {
    const written = (nodes: readonly Node[]): string =>
      nodes
        .map(node => {
          if (typeof node === 'string')
            return node.replace(
              /[&<>"']/g,
              char => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[char]!,
            );
          const closes = node.name === 'br' || node.written.endsWith('/');
          return `<${node.name}${node.written}>${closes ? '' : `${written(node.children)}</${node.name}>`}`;
        })
        .join('');
    assert.equal(written(nodesOf(main)), main);
  });

  it('of one paragraph may be more lines than a call takes arguments', () => {
    const composer = new Composer(faces);
    composer.add(nodesOf(`<p>${'a<br>'.repeat(150_000)}b</p>`));
    assert.equal(composer.strips.length, 150_001);
  });

  it('keeps the lines of a signature on one page', () => {
    const lines = ['Name', 'Place', 'Date', 'Signature'];
    const [signed] = markupOf({
      name: 'f',
      parts: [{ language: 'en', title: 'F', blocks: [{ is: 'signature', labels: lines }] }],
    }).match(/<table.*<\/table>/s) as [string];
    for (let before = 0; before < 12; before++) {
      const composer = new Composer(faces);
      composer.add(nodesOf(`${'<p>a</p>'.repeat(before)}${signed}`));
      const pages = pagesOf(composer.strips, 0, 130).filter(page =>
        page.some(({ strip }) => rows(composer).has(strip)),
      );
      assert.equal(pages.length, 1, `${before}`);
    }
    function rows({ strips }: Composer): Set<Strip> {
      return new Set(strips.slice(-lines.length));
    }
  });

  it('that is not closed, or closed twice, is a fault', () => {
    assert.throws(() => nodesOf('<p><b>x</p>'), /<\/p> closes <b>/);
    assert.throws(() => nodesOf('<p>x'), /<p> is not closed/);
    assert.throws(() => nodesOf('x</p>'), /<\/p> closes/);
    assert.equal(nodesOf('a<script>if (1 < 2) "</p>"</script>b').map(textOf).join(''), 'ab');
  });
});

describe('PDF: what the document says of itself', () => {
  it('foreign text cannot be markup there, nor anything that XML does not hold', () => {
    const title = propertyText(' <b>\u0000"&\u202e\ud800Ж</b>\u2028 ');
    assert.equal(title, '<b> "& Ж</b>');
    const xml = propertiesXml({ ...about, title, author: "O'Neil & co" }, { Producer: 'P', Creator: 'C' });
    assert.match(xml, /x-default">&#60;b&#62; &#34;&#38; Ж&#60;\/b&#62;</);
    assert.match(xml, /<rdf:li>O&#39;Neil &#38; co<\/rdf:li>/);
    assert.match(xml, /<xmp:CreateDate>2026-11-15T15:10:41Z</);
  });

  it('its colours are sRGB: a whole profile, whose curve runs from black to white', () => {
    const profile = Buffer.from(colourProfile());
    assert.deepEqual([profile.readUInt32BE(0), profile.toString('latin1', 12, 24)], [profile.length, 'mntrRGB XYZ ']);
    const count = profile.readUInt32BE(128);
    const members = Array.from({ length: count }, (_, i) => profile.subarray(132 + 12 * i, 144 + 12 * i));
    for (const member of members) {
      const [start, size] = [member.readUInt32BE(4), member.readUInt32BE(8)];
      assert.ok(start % 4 === 0 && start + size <= profile.length);
    }
    const curve = members.find(member => member.toString('latin1', 0, 4) === 'gTRC')!.readUInt32BE(4);
    const steps = profile.readUInt32BE(curve + 8);
    const light = (i: number) => profile.readUInt16BE(curve + 12 + 2 * i);
    assert.deepEqual([light(0), light(steps - 1)], [0, 65_535]);
    // IEC 61966-2-1: half of the scale is about 21.4 % of the light.
    assert.ok(Math.abs(light(Math.round((steps - 1) / 2)) / 65_535 - 0.214) < 0.002);
  });
});
