import { type Member, textMember } from './bag.ts';
import { reportHtml } from './html.ts';
import type { SealedSource } from './integrity.ts';
import type { PackageInputs } from './manifest.ts';
import { byCodeUnit } from './names.ts';
import { makeReport } from './report.ts';

/** `data/report/report.json`, as RFC 8785 JSON and a line feed, and, from the same data, `data/report/report.html`. */
export function reportMembers(source: SealedSource, { work, profile, language }: PackageInputs): readonly Member[] {
  const report = makeReport([source], { work, profile });
  return [
    textMember('data/report/report.json', `${JSON.stringify(sorted(report))}\n`),
    textMember('data/report/report.html', reportHtml(report, { language })),
  ];
}

/** The same value with the members of every object by name: events read back have theirs in another order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, member]): [string, unknown] => [name, sorted(member)]);
  return Object.fromEntries(entries.sort(([a], [b]) => byCodeUnit(a, b)));
}
