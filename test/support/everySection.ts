import en from '../../media/l10n/report.en.json' with { type: 'json' };
import kk from '../../media/l10n/report.kk.json' with { type: 'json' };
import ru from '../../media/l10n/report.ru.json' with { type: 'json' };
import { unzip } from '../../src/evidence/unzip.ts';
import { askTool } from './pdfTools.ts';

const bundles = { en, ru, kk } as const;

/** The sections of a report in their order, from number 1; the cover, number 0, stands before them, the text behind. */
export const sections = [
  'summary',
  'claim',
  'copy',
  'measures',
  'composition',
  'revisions',
  'loops',
  'prompts',
  'tools',
  'sources',
  'chronology',
  'review',
  'labels',
  'restrictions',
  'notices',
  'method',
  'limits',
  'integrity',
  'declaration',
  'annex',
  'annexText',
] as const;

/**
 * Which sections are absent, empty or not in their place in a package's report, as a page and, where the machine has
 * `pdftotext`, in print. Names of media and sections; nothing where all are there in this language.
 */
export function missingSections(archive: Uint8Array, language: keyof typeof bundles): string[] {
  const { members } = unzip(archive);
  const html = Buffer.from(members.get('data/report/report.html') ?? '').toString('utf8');
  const pdf = askTool('pdftotext', ['-layout', 'FILE', '-'], members.get('data/report/report.pdf') ?? Buffer.of());
  const printed = pdf?.replace(/\s+/g, ' ');
  const missing: string[] = [];
  if (!html.includes(`<html lang="${language}">`)) missing.push('html language');
  if (!html.includes('class="cover"')) missing.push('html 0');
  if (printed?.includes(bundles[language]['report.class']) === false) missing.push('pdf 0');
  sections.forEach((name, i) => {
    const title = bundles[language][`section.${name}`];
    const start = html.indexOf(`<section id="s${i + 1}"`);
    const section = start < 0 ? '' : html.slice(start, html.indexOf('</section>', start));
    const said = section.slice(section.indexOf('</h2>')).replace(/<[^>]+>/g, '');
    const headed = section.includes(`<h2><span class="num">${i + 1}</span> ${title}</h2>`);
    if (!headed || said.trim().length < 20) missing.push(`html ${i + 1} ${name}`);
    if (printed?.includes(`${i + 1} ${title}`) === false) missing.push(`pdf ${i + 1} ${name}`);
  });
  return missing;
}
