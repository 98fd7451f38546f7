import { resolve } from 'node:path';
import { reportHtml } from '../evidence/html.ts';
import { replayPage } from '../evidence/replayPage.ts';
import { makeReport, type Report } from '../evidence/report.ts';
import type { Call, Command } from './command.ts';
import { recordedFor, workOf } from './journals.ts';
import { writeWhole } from './output.ts';
import { withJournals } from './workJournals.ts';

export const reportCommand: Command = {
  name: 'report',
  usage: '[PATH…] [--html FILE] [--pdf FILE] [--replay FILE] [--with JOURNAL]',
  about: 'help.report',
  options: {
    html: { about: 'help.html', value: 'FILE' },
    pdf: { about: 'help.pdf', value: 'FILE' },
    replay: { about: 'help.replay', value: 'FILE' },
    with: { about: 'help.with', value: 'JOURNAL' },
  },
  async run(call) {
    const report = reportOf(call);
    const { language } = call.words;
    const write = (option: string, content: string | Uint8Array) => {
      const file = resolve(call.io.cwd, option);
      writeWhole(file, content);
      if (!call.json) call.print(call.words.t('report.written', { file }));
    };
    const [html, pdf, replay] = [call.option('html'), call.option('pdf'), call.option('replay')];
    if ((html ?? pdf ?? replay) !== undefined) call.stage('printing');
    if (html !== undefined) write(html, reportHtml(report, { language }));
    if (replay !== undefined) write(replay, replayPage(report, { language }));
    // Loaded where it is asked for: what sets pages weighs more than all the rest.
    if (pdf !== undefined) write(pdf, (await import('../evidence/pdf.ts')).reportPdf(report, { language }));
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
  call.stage('measuring');
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
