import { resolve } from 'node:path';
import { reportHtml } from '../evidence/html.ts';
import { makeReport, type Report } from '../evidence/report.ts';
import type { Call, Command } from './command.ts';
import { recordedFor, workOf } from './journals.ts';
import { writeWhole } from './output.ts';
import { withJournals } from './workJournals.ts';

export const reportCommand: Command = {
  name: 'report',
  usage: '[PATH…] [--html FILE] [--with JOURNAL]',
  about: 'help.report',
  options: { html: { about: 'help.html', value: 'FILE' }, with: { about: 'help.with', value: 'JOURNAL' } },
  run(call) {
    const report = reportOf(call);
    const html = call.option('html');
    if (html !== undefined) {
      const file = resolve(call.io.cwd, html);
      writeWhole(file, reportHtml(report, { language: call.words.language }));
      if (!call.json) call.print(call.words.t('report.written', { file }));
    }
    if (call.json) call.document(report);
    else print(call, report);
    return 0;
  },
};

/** The report on the files that the call names, or on the whole work; `all`: on all that is recorded. */
export function reportOf(call: Call, all = false): Report {
  const { consented, paths } = recordedFor(call);
  const work = workOf(call, consented.folder);
  const chosen = all ? ['.'] : paths.includes('') ? [] : paths;
  return withJournals(call, consented, sources =>
    makeReport(sources, { work, ...(chosen.length > 0 ? { paths: chosen } : {}) }),
  );
}

function print({ words, print }: Call, { files, totals, prompts }: Report): void {
  print(words.t('report.files', { files: files.length, characters: totals.characters }));
  print(words.t('report.human', { human: words.range(totals.human) }));
  print(words.t('report.machine', { machine: words.range(totals.machine) }));
  print(words.t('report.unknown', { unknown: words.percent(totals.unknown) }));
  print(words.t('report.prompts', { prompts: prompts.length }));
  print(words.t('report.bounds'));
}
