import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { reportHtml } from '../../../src/evidence/html.ts';
import { makeReport, type Report } from '../../../src/evidence/report.ts';
import type { Hand } from '../../../src/provenance/origin.ts';
import { equalsGolden } from '../../support/golden.ts';
import { shownLines } from '../../support/pageText.ts';
import { randomStory } from '../../support/randomStory.ts';
import { sampleStory, sampleWork } from '../../support/sampleStory.ts';
import { Story, typed } from '../../support/story.ts';

const sample = makeReport([sampleStory().source()], { work: sampleWork });
const english = { language: 'en' } as const;
const classes: Readonly<Record<Hand, string>> = {
  human: '',
  machine: 'ma',
  mechanical: 'me',
  outside: 'ou',
  earlier: 'ea',
  unknown: 'un',
};

/** Fails with what was found and its surroundings, not with the whole page. */
function absent(html: string, pattern: RegExp): void {
  const at = html.search(pattern);
  assert.equal(at < 0 ? '' : html.slice(Math.max(0, at - 80), at + 80), '');
}

/** The page's own part: what stands between `<body>` and the script. */
function bodyOf(html: string): string {
  return html.slice(html.indexOf('<body>'), html.indexOf('<script'));
}

describe('report page', () => {
  for (const language of ['en', 'ru', 'kk'] as const) {
    it(`of the sample work is the golden one (${language})`, () => {
      equalsGolden(`report/sample.${language}.html`, bodyOf(reportHtml(sample, { language })));
    });
  }

  it('is the same from the report’s JSON, whatever the order of members', () => {
    const turned = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(turned);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, of]) => [name, turned(of)]),
      );
    };
    const read = JSON.parse(JSON.stringify(turned(sample))) as Report;
    assert.equal(reportHtml(read, english), reportHtml(sample, english));
  });

  it('lets pass its own style and script alone, and asks nothing of anyone', () => {
    const html = reportHtml(sample, english);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!;
    const hash = (tag: string) => {
      const content = new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(html)![1]!;
      return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
    };
    assert.equal(
      policy,
      `default-src 'none'; style-src ${hash('style')}; script-src ${hash('script')}; base-uri 'none'; form-action 'none'`,
    );
    absent(html, /https?:|\bsrc=|@import|url\((?!#)| style="| on\w+="/);
  });

  it('takes a webview’s nonce in place of digests', () => {
    const html = reportHtml(sample, { ...english, nonce: 'abc', cspSource: 'https://webview.test' });
    assert.match(html, /style-src 'nonce-abc' https:\/\/webview\.test; script-src 'nonce-abc';/);
    assert.match(html, /<style nonce="abc">/);
    assert.match(html, /<script nonce="abc">/);
  });

  it('links each prompt to its runs and each run to its prompt', () => {
    const html = reportHtml(sample, english);
    const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id!);
    assert.deepEqual(
      targets.filter(id => !ids.has(id)),
      [],
    );
    assert.ok(targets.includes('p1') && targets.includes('p1r1'));
  });

  it('tells of a prompt where it was written, what it says again, and the author’s word, none of which can be mark-up', () => {
    const [, entry = ''] = /<article class="prompt" id="p3"(.*?)<\/article>/s.exec(reportHtml(sample, english)) ?? [];
    for (const fact of [
      /stood before in <a href="#f\d+"><bdi>план\.md<\/bdi><\/a>.*Its characters: Human 68\./,
      /says prompt <a href="#p2">2<\/a> again in other words: <del dir="auto">три названия<\/del> → <ins dir="auto">пять/,
      /No text was inserted because of it in the files of this report, as far as is on record\./,
      /Answers in words on record: 1\./,
      /<q dir="auto">Запрет на слово — мой приём &lt;b&gt;с первой главы&lt;\/b&gt;\.<\/q>/,
      /Marked by the author for protection/,
    ])
      assert.match(entry, fact);
  });

  it('says how much is unknown beside every share', () => {
    const html = reportHtml(sample, english);
    assert.match(html, /Human share<\/dt><dd>64\.8%\u2009–\u200979\.4%/);
    assert.match(html, /Unknown<\/dt><dd>2\.4%/);
    assert.match(html, /does not judge whether the work is protected/);
  });

  it('says which files are in the same journal and not here', () => {
    const work = { ...sampleWork, files: ['глава-1.md'] };
    const html = reportHtml(makeReport([sampleStory().source()], { work }), english);
    assert.match(
      html,
      /not part of this report<\/h3><p>[^<]*holds their text too[^<]*<\/p><ul><li><bdi>tools\/count\.ts</,
    );
    absent(reportHtml(sample, english), /not part of this report/);
  });

  it('says of what was not seen live that it was not, and calls no one a person for typing', () => {
    const html = reportHtml(sample, english);
    assert.match(html, /The other 212 were not seen live/);
    assert.match(html, /627 of them \(64\.8%\) were typed in the editor\./);
    absent(html, /typed by a person/);
    absent(/The other 212 were[^<]*/.exec(html)![0], /git/);
    const story = new Story('live', '2026-11-12T04:10:00Z', 'Live');
    story.session();
    story.baseline('a.txt', '');
    story.open('a.txt');
    story.type('a.txt', 'abc');
    story.save('a.txt');
    absent(reportHtml(makeReport([story.source()]), english), /The other \d+ were not|<h3>Text that was not seen live/);
  });

  it('names the git commits that brought text, with their authors; without one, no git', () => {
    const html = reportHtml(sample, english);
    assert.match(
      html,
      /Git commits<\/h3>.*<code title="9d2f6c1b\w+">9d2f6c1be0<\/code><\/th><td><bdi>Дана Ермекова<\/bdi>/s,
    );
    assert.match(html, /title="Brought by git · Proven · entry \d+ · commit 9d2f6c1be0, Дана Ермекова"/);
    const story = new Story('live', '2026-11-12T04:10:00Z', 'Live');
    absent(reportHtml(makeReport([story.source()]), english), /Git commits/);
  });

  for (const language of ['en', 'ru', 'kk'] as const) {
    it(`has its sections in order, each with its question and an answer first (${language})`, () => {
      for (const report of [sample, makeReport([new Story('empty', '2026-11-12T04:10:00Z', 'Empty').source()])]) {
        const parts = reportHtml(report, { language }).split('<section ').slice(1);
        assert.deepEqual(
          parts.map(part => Number(/^id="s(\d+)"/.exec(part)?.[1])),
          Array.from({ length: 21 }, (_, i) => i + 1),
        );
        for (const part of parts.slice(1, 20)) {
          assert.match(part, /^[^>]+><h2>[^\n]+<\/h2>\n<p class="ask">[^<]+<\/p><p class="answer">[^\n]+<\/p>\n/);
        }
      }
    });
  }

  it('says of what no entry tells that nothing is recorded, and that nothing follows from that', () => {
    const html = reportHtml(sample, english);
    for (const name of ['review', 'labels', 'restrictions', 'notices']) {
      const [, part = ''] = new RegExp(`part-${name}">(.*?)</section>`, 's').exec(html) ?? [];
      assert.match(part, /Nothing is recorded\. It does not follow that nothing was done\./);
    }
  });

  it('shows revisions with what was taken out and put in', () => {
    const [, part = ''] = /part-revisions">(.*?)<\/section>/s.exec(reportHtml(sample, english)) ?? [];
    assert.match(part, /До колодца было <del>два часа<\/del> пути\./);
    assert.match(part, /До колодца было <ins>полдня<\/ins> пути\./);
    assert.match(part, /entries \d+ to \d+/);
  });

  it('says what became of each AI insertion, and by whom', () => {
    const [, part = ''] = /part-composition">(.*?)<\/section>/s.exec(reportHtml(sample, english)) ?? [];
    assert.match(part, /kept whole 1, altered 2, removed 0/);
    assert.match(part, /altered<br>Person \(Asserted\) 24/);
  });

  it('names a language by its name, and says both bounds of what is open', () => {
    const html = reportHtml(sample, english);
    assert.match(html, />Languages of the work<\/th><td><bdi>Russian</);
    assert.match(
      html,
      /human share would be 79\.4%\. If every one of them came from an AI system, the machine share would be 34\.8%/,
    );
  });

  it('carries its replay as data that is no markup', () => {
    const [, data = ''] = /<div id="replay-data" hidden>(.*?)<\/div>/s.exec(reportHtml(sample, english)) ?? [];
    const read = JSON.parse(data) as { frames: unknown[]; names: string[] };
    assert.equal(read.frames.length, sample.replay.frames.length);
    absent(data, /[<>&]/);
  });

  it('of nothing recorded still reads', () => {
    const story = new Story('empty', '2026-11-12T04:10:00Z', 'Empty');
    const html = reportHtml(makeReport([story.source()]), english);
    assert.match(html, /No file is recorded/);
    absent(bodyOf(html), /NaN|undefined|Infinity/);
  });
});

const nasty =
  '</script><script>alert(1)</script><img src=x onerror=alert(1)> </style> ]]> <!-- &lt; "\' ⟦A9 ⟧ \u202etxt.\u202c \u2066 \0 \u0007 \u001b[2J \u200b \ufeff \ud800 \udfff';

describe('report page, hostile text:', () => {
  const story = new Story('<b>&"\'\u202e', '2026-11-12T04:10:00Z', nasty);
  story.session();
  story.prompt('claude-code:c:1', nasty, nasty);
  story.baseline(`${nasty}.md`.replaceAll('/', ''), nasty);
  const path = [...story.events].find(event => event.kind === 'baseline')!.path;
  story.open(path);
  story.insert(path, nasty, { kind: 'ai.agent', basis: 'proven', rule: nasty, prompt: 'claude-code:c:1' });
  story.type(path, 'x');
  story.insert(path, '\ud83d', typed);
  story.insert(path, '\ude00', { kind: 'unknown', basis: 'none', rule: 'none' });
  story.save(path);
  story.add({ kind: 'gap', reason: 'agentRecord', note: nasty });
  story.add({ kind: 'skipped', path: nasty, reason: 'binary' });
  for (const name of ['a.md', 'b.md']) story.baseline(name, `# ${nasty}\n\nx\n\n# ${nasty}\n\ny`);
  const work = { title: { und: nasty }, authors: [{ name: nasty, role: nasty }], languages: [nasty], files: [] };
  const html = reportHtml(makeReport([story.source()], { work }), english);

  it('adds no element and no attribute of its own', () => {
    assert.equal(html.match(/<script/g)!.length, 1);
    assert.equal(html.match(/<style/g)!.length, 1);
    absent(html, /<img|<!--/);
  });

  it('shows by its code what cannot be seen or would turn the writing round', () => {
    assert.ok(html.isWellFormed());
    absent(html, /(?![\n\t])\p{Cc}|[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u);
    assert.match(html, /<span class="esc">U\+202E<\/span>txt/);
    assert.match(html, /<span class="esc">U\+D800<\/span>/);
  });

  it('does not end a picture', () => {
    for (const [, picture = ''] of html.matchAll(/<svg(.*?)<\/svg>/gs))
      absent(picture, /<(?:span|q|bdi|p|div|i|b)[ >]/);
  });

  it('cannot draw the report’s own brackets', () => {
    const inText = shownLines(html).map(({ text }) => text);
    assert.ok(inText.some(text => text.includes('⟦A9')));
    const bare = html.replace(/<span class="esc">[⟦⟧]<\/span>/g, '').replace(/<(i|a)(?: [^>]*)?>[^<]*<\/\1>/g, '');
    absent(bare, /[⟦⟧]/);
  });

  it('draws a pair of which one half was not typed as not typed', () => {
    const last = shownLines(html).at(-1)!;
    assert.equal(last.marks[last.text.indexOf('😀')], 'un');
  });
});

describe('report page, whatever happened:', () => {
  it('each text stands there in full, and every mark is the span’s', () => {
    fc.assert(
      fc.property(randomStory, story => {
        const report = makeReport([story.source()]);
        const html = reportHtml(report, english);
        report.files.forEach((file, i) => {
          const lines = shownLines(html, i + 1);
          const shown = lines.map(line => line.text).join('\n');
          assert.equal(shown, file.text.replaceAll('\u202e', 'U+202E'));
          const marks = lines.flatMap((line, rank) => [...(rank === 0 ? [] : ['']), ...line.marks]);
          assert.deepEqual(inked(shown, marks), inked(shown, expectedMarks(file)));
        });
      }),
      { numRuns: 120 },
    );
  });
});

/** Marks of what is no white space, character by character. */
function inked(text: string, marks: readonly string[]): string[] {
  return [...marks].flatMap((mark, at) => (/\s/.test(text[at]!) ? [] : [`${text[at]} ${mark}`]));
}

function expectedMarks({ text, spans }: Report['files'][number]): string[] {
  return spans.flatMap(({ from, to, hand }) =>
    [...text.slice(from, to).replaceAll('\u202e', 'U+202E')].flatMap(char =>
      Array.from(char, () => classes[hand]).concat(char.length > 1 ? [classes[hand]] : []),
    ),
  );
}
