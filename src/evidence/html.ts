import { cspHash, script, style } from './html/assets.ts';
import { cover, titlesOf } from './html/cover.ts';
import { fileText } from './html/files.ts';
import { attribute, cssString } from './html/markup.ts';
import { RunPointers } from './html/pointers.ts';
import { replayData } from './html/replay.ts';
import { type Section, sectionsOf } from './html/sections.ts';
import { patterns } from './html/shareBar.ts';
import { type ReportLanguage, Words } from './html/words.ts';
import type { Report } from './report.ts';

export type { ReportLanguage } from './html/words.ts';

export interface ReportHtmlOptions {
  readonly language: ReportLanguage;
  /** For a webview: what its content security policy lets pass, in place of digests. */
  readonly nonce?: string;
  /** A webview's own source of styles. */
  readonly cspSource?: string;
}

/** Grows when the same report gives another page: a verifier renders again only what its version made. */
export const rendererVersion = 1;

/**
 * The report as one HTML page that needs nothing else: no network, no script to be read, A4 in print.
 * A pure function of its arguments: the same bytes on every machine.
 */
export function reportHtml(report: Report, options: ReportHtmlOptions): string {
  const words = new Words(options.language);
  const pointers = new RunPointers(report);
  const heights = new Set<number>();
  const language = report.work.languages.length === 1 ? ` lang="${attribute(report.work.languages[0]!)}"` : '';
  const texts = report.files.map((file, i) => fileText(file, i + 1, words, pointers, language, heights)).join('\n');
  const sections = sectionsOf(report, words, texts, pointers.runs);
  const body = `${patterns()}
<a class="skip" href="#s1">${words.t('nav.skip')}</a>
<main>
${cover(report, words)}
${contents(sections, words)}
${sections.map((section, i) => drawn(section, i + 1, words)).join('\n')}
</main>
<footer><p>${words.t('footer')}</p></footer>
${controls(words)}
${replayData(report, words)}`;
  const title = plainTitle(report, words);
  const styles = `${style()}${heightRules(heights)}${pageRules(title, words)}`;
  return page({ title, styles, body, options });
}

function contents(sections: readonly Section[], words: Words): string {
  const items = sections.map(({ title }, i) => `<li><a href="#s${i + 1}">${words.t(title)}</a></li>`);
  return `<nav class="contents" aria-label="${words.t('nav.contents')}"><h2>${words.t('nav.contents')}</h2><ol>${items.join('')}</ol></nav>`;
}

/** A section says what it asks and answers before anything else. */
function drawn({ name, title, asks, answer, html }: Section, number: number, words: Words): string {
  const asked = asks === undefined ? '' : `<p class="ask">${words.t(asks)}</p>`;
  const answered = answer === '' ? '' : `<p class="answer">${answer}</p>`;
  return `<section id="s${number}" class="part part-${name}"><h2><span class="num">${number}</span> ${words.t(title)}</h2>
${asked}${answered}
${html}</section>`;
}

/** Texts for the script, which adds its controls only where it runs. */
function controls(words: Words): string {
  const keys = ['control.marks', 'control.only', 'control.all', 'control.next', 'control.previous'] as const;
  const data = keys.map(key => `data-${key.slice('control.'.length)}="${words.t(key)}"`).join(' ');
  const hands = (['machine', 'mechanical', 'outside', 'earlier', 'unknown'] as const).map(
    hand => `<li>${words.named('hand', hand)}</li>`,
  );
  return `<ul id="control-texts" hidden ${data}>${hands.join('')}</ul>`;
}

function plainTitle(report: Report, words: Words): string {
  const [title] = titlesOf(report, words.language);
  return title === undefined ? words.t('report.class') : `${title} · ${words.t('report.class')}`;
}

export function heightRules(heights: ReadonlySet<number>): string {
  return [...heights]
    .sort((a, b) => a - b)
    .map(height => `.b${height}{contain-intrinsic-size:auto ${height}px}`)
    .join('\n');
}

/** Page numbers and the running title of the printed page. */
export function pageRules(title: string, words: Words): string {
  const [before = '', between = '', after = ''] = words.t('page.of').split(/\{page\}|\{pages\}/);
  const first =
    words.t('page.of').indexOf('{pages}') < words.t('page.of').indexOf('{page}')
      ? ['pages', 'page']
      : ['page', 'pages'];
  const number = `${cssString(before)} counter(${first[0]}) ${cssString(between)} counter(${first[1]}) ${cssString(after)}`;
  const letters = [...title];
  const short = letters.length > 70 ? `${letters.slice(0, 69).join('')}…` : title;
  return `\n@page{@bottom-left{content:${cssString(short)}}@bottom-right{content:${number}}}\n`;
}

interface Page {
  readonly title: string;
  readonly styles: string;
  readonly body: string;
  readonly options: ReportHtmlOptions;
}

function page({ title, styles, body, options }: Page): string {
  const { language, nonce, cspSource } = options;
  const styleSource =
    nonce === undefined ? cspHash(styles) : `'nonce-${nonce}'${cspSource === undefined ? '' : ` ${cspSource}`}`;
  const code = script();
  const scriptSource = nonce === undefined ? cspHash(code) : `'nonce-${nonce}'`;
  const policy = `default-src 'none'; style-src ${styleSource}; script-src ${scriptSource}; base-uri 'none'; form-action 'none'`;
  const allowed = nonce === undefined ? '' : ` nonce="${attribute(nonce)}"`;
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy).replaceAll('&#39;', "'")}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Holograph report ${rendererVersion}">
<title>${attribute(title)}</title>
<style${allowed}>${styles}</style>
</head>
<body>
${body}
<script${allowed}>${code}</script>
</body>
</html>
`;
}
