import { cspHash, style } from './html/assets.ts';
import { titlesOf } from './html/cover.ts';
import { fileText, legend } from './html/files.ts';
import type { Pointers } from './html/lines.ts';
import { attribute, text } from './html/markup.ts';
import { PlainPointers } from './html/pointers.ts';
import { patterns } from './html/shareBar.ts';
import { type ReportLanguage, Words } from './html/words.ts';
import { heightRules, pageRules } from './html.ts';
import type { Report } from './report.ts';

/**
 * The deposit copy with marked spans alone: the text of the work, word for word, with the report's own marks, which need no
 * colour. Nothing in it points anywhere, and nothing is scripted. A pure function of its arguments.
 */
export function markedCopy(report: Report, { language }: { readonly language: ReportLanguage }): string {
  const words = new Words(language);
  const [title] = titlesOf(report, language);
  const name = title ?? words.plain(words.t('cover.noTitle'));
  const heights = new Set<number>();
  const own = report.work.languages.length === 1 ? ` lang="${attribute(report.work.languages[0]!)}"` : '';
  const pointers = new PlainPointers(report);
  const texts = report.files.map((file, i) => fileText(file, i + 1, words, pointers, own, heights)).join('\n');
  const kind = words.t('marked.class');
  const styles = `${style()}${heightRules(heights)}${pageRules(`${name} · ${words.plain(kind)}`, words)}`;
  const policy = `default-src 'none'; style-src ${cspHash(styles)}; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${attribute(name)} · ${kind}</title>
<style>${styles}</style>
</head>
<body>
${patterns()}
<main>
<header class="cover">
<p class="kicker">${kind}</p>
<h1>${title === undefined ? `<span class="empty">${words.t('cover.noTitle')}</span>` : `<bdi>${text(title)}</bdi>`}</h1>
${facts(report, words)}
<p class="note">${words.t('marked.what')}</p>
<h2>${words.t('section.legend')}</h2>
${legend(words)}${leanNote(report, pointers, words)}
</header>
<section class="part part-texts"><h2>${words.t('marked.texts')}</h2>
${texts || `<p>${words.t('files.none')}</p>`}</section>
</main>
<footer><p>${words.t('footer')}</p></footer>
</body>
</html>
`;
}

function facts({ work, period, files, totals, integrity }: Report, words: Words): string {
  const authors = work.authors.map(({ name }) => `<bdi>${text(name)}</bdi>`).join('<br>');
  const rows: readonly (readonly [string, string])[] = [
    [words.t('cover.authors'), authors || `<span class="empty">${words.t('cover.notGiven')}</span>`],
    [words.t('marked.until'), period.lastEvent === null ? '—' : words.dateTime(period.lastEvent)],
    [
      words.t('cover.volume'),
      words.t('cover.volumeText', {
        files: files.length,
        characters: totals.characters,
        whitespace: totals.whitespace,
        lines: files.reduce((n, file) => n + file.lines, 0),
      }),
    ],
    [words.t('marked.root'), integrity.map(({ root }) => `<code>${text(root)}</code>`).join('<br>')],
  ];
  const cells = rows.map(([name, value]) => `<tr><th scope="row">${name}</th><td>${value}</td></tr>`);
  return `<table class="facts"><tbody>${cells.join('')}</tbody></table>`;
}

function leanNote({ files }: Report, { lean }: Pointers, words: Words): string {
  if (!lean) return '';
  return `<p>${words.t('copy.lean', { n: files.reduce((n, { spans }) => n + spans.length, 0) })}</p>`;
}
