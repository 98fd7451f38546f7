import { type Member, textMember } from './bag.ts';
import { reportHtml } from './html.ts';
import type { Manifest } from './manifest.ts';
import { markedCopy } from './markedCopy.ts';
import { printer } from './printer.ts';
import type { Report } from './report.ts';
import { sortedJson } from './sortedJson.ts';

const [printedReport, printedCopy] = ['data/report/report.pdf', 'data/report/work-marked.pdf'] as const;

/** Members that only a printer makes. */
export const printedMembers: readonly string[] = [printedReport, printedCopy];

/**
 * `data/report/report.json`, as RFC 8785 JSON and a line feed, and, from the same data, `report.html` and `report.pdf`,
 * `work-marked.html` and `work-marked.pdf`; without a printer the pages for print are empty.
 */
export function reportMembers(
  report: Report,
  { language, exportId }: Pick<Manifest, 'language' | 'exportId'>,
): readonly Member[] {
  // Bates numbers: another export, another prefix.
  const exhibit = `AEP-${exportId.slice(0, 4).toUpperCase()}`;
  const data = sortedJson(report);
  return [
    { name: 'data/report/report.json', bytes: data },
    textMember('data/report/report.html', reportHtml(report, { language })),
    { name: printedReport, bytes: printer?.report(report, { language, exhibit, data }) ?? new Uint8Array(0) },
    textMember('data/report/work-marked.html', markedCopy(report, { language })),
    { name: printedCopy, bytes: printer?.marked(report, { language, exhibit: `${exhibit}-M` }) ?? new Uint8Array(0) },
  ];
}
