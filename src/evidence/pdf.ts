import { hands } from '../provenance/origin.ts';
import { titlesOf } from './html/cover.ts';
import { handClass } from './html/lines.ts';
import { type ReportLanguage, type WordKey, Words } from './html/words.ts';
import { reportHtml } from './html.ts';
import { markedCopy } from './markedCopy.ts';
import { Composer } from './pdf/composer.ts';
import { Faces } from './pdf/faces.ts';
import { type Element, type Node, nodesOf, textOf } from './pdf/nodes.ts';
import { drawPages } from './pdf/pages.ts';
import { attach, bytesOf, newPaper } from './pdf/paper.ts';
import { propertyText } from './pdf/properties.ts';
import type { Report } from './report.ts';
import { sortedJson } from './sortedJson.ts';

export interface ReportPdfOptions {
  readonly language: ReportLanguage;
  /** Begins the number of each page among the exhibits, such as `AEP-7F3A`. */
  readonly exhibit?: string;
  /** The report as `report.json`, where that is at hand. */
  readonly data?: Uint8Array;
}

/**
 * The report as pages for print, made to the rules of PDF/A-3a (ISO 19005-3): A4, tagged, every face embedded, the
 * report's data attached. It says what the HTML page says, word for word: it is made of its markup. A pure function of its
 * arguments, the same bytes on every machine and in every time zone; its date is the record's last event.
 */
export function reportPdf(report: Report, options: ReportPdfOptions): Uint8Array {
  const about = aboutOf(report, 'report.class', options);
  return printed(mainOf(reportHtml(report, options)), { ...about, data: options.data ?? sortedJson(report) });
}

/** The deposit copy with marked spans, in the same way. */
export function markedPdf(report: Report, options: ReportPdfOptions): Uint8Array {
  return printed(mainOf(markedCopy(report, options)), aboutOf(report, 'marked.class', options));
}

function aboutOf(report: Report, kind: WordKey, { language, exhibit }: ReportPdfOptions): Print {
  const words = new Words(language);
  const said = (markup: string) => nodesOf(markup).map(textOf).join('');
  return {
    title: titlesOf(report, language)[0] ?? said(words.t('cover.noTitle')),
    kind: said(words.t(kind)),
    author: report.work.authors.map(({ name }) => name).join('; '),
    language,
    date: new Date(`${(report.period.lastEvent ?? '2000-01-01T00:00:00Z').replace(/\.\d+/, '')}`),
    exhibit,
    record: rootsOf(report, said(words.t('cover.seal'))),
    legend: legendOf(words),
    tongues: tonguesOf(report, language),
  };
}

/** What stands on and behind the pages of a print. */
export interface Print {
  readonly title: string;
  /** What kind of document it is. */
  readonly kind: string;
  readonly author: string;
  readonly language: ReportLanguage;
  readonly date: Date;
  readonly exhibit?: string | undefined;
  /** What ties every page to the record it was made from. */
  readonly record?: string | undefined;
  /** Below text with marks. */
  readonly legend: readonly Node[];
  /** The languages of titles that are not in the document's, by what they say. */
  readonly tongues?: ReadonlyMap<string, string>;
  /** Attached as `report.json`. */
  readonly data?: Uint8Array;
}

/** Markup of our own as pages. A pure function, as `reportPdf`. */
export function printed(markup: string, about: Print): Uint8Array {
  const { kind, language, date, exhibit, record, legend, tongues, data } = about;
  const words = new Words(language);
  const said = (markup: string) => nodesOf(markup).map(textOf).join('');
  const [title, author] = [propertyText(about.title), propertyText(about.author)];
  const named = title === kind ? title : `${title} · ${kind}`;
  const paper = newPaper({ title: named, author, subject: kind, language, date });
  const faces = new Faces(paper);
  const composer = new Composer(faces, tongues);
  composer.add(nodesOf(markup));
  const { setter, strips } = composer;
  if (setter.lacking > 0) composer.explain(said(words.t('pdf.lacking', { n: setter.lacking })));
  const pageOf = (page: number, pages: number) => said(words.t('page.of', { page, pages }));
  drawPages(paper, { strips, faces, setter }, { kind, title, exhibit, record, pageOf, legend });
  if (data !== undefined) {
    attach(paper, { name: 'report.json', bytes: data, type: 'application/json', description: kind }, date);
  }
  return bytesOf(paper);
}

/** The beginnings of the records' roots, newest last: as many digits as the cover gives. */
function rootsOf({ integrity }: Report, name: string): string | undefined {
  const roots = integrity.map(({ root }) => root.slice(0, 16).replace(/(.{4})(?=.)/g, '$1 '));
  return roots.length === 0 ? undefined : `${name}: ${roots.join(' · ')}`;
}

/** Titles in another language than the report's. */
function tonguesOf({ work: { title } }: Report, language: ReportLanguage): ReadonlyMap<string, string> {
  const titles = (['en', 'ru', 'kk'] as const).filter(tongue => tongue !== language);
  return new Map(titles.flatMap(tongue => (title[tongue] === undefined ? [] : [[title[tongue].trim(), tongue]])));
}

/** What the page says, without what it is drawn and moved with. */
function mainOf(html: string): string {
  const start = html.indexOf('<main>');
  const end = html.indexOf('</footer>', start);
  return html.slice(start, end < 0 ? html.indexOf('</main>', start) + 7 : end + 9);
}

/** One line: each hand's letter and name, marked as the text is. */
function legendOf(words: Words): Node[] {
  return hands.flatMap((hand, i): Node[] => {
    const shown = nodesOf(`${words.named('letter', hand)} ${words.named('hand', hand)}`);
    const mark: Element = { name: 'span', written: `class="${handClass[hand]}"`, children: shown };
    return i === 0 ? [mark] : ['   ', mark];
  });
}
