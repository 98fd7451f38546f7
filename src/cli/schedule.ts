import { scheduleForm } from '../evidence/forms/schedule.ts';
import { packageSoftware } from '../evidence/software.ts';
import { type Command, Refusal } from './command.ts';
import { reportOf } from './report.ts';
import { writtenForm } from './writtenForms.ts';

/** What `holograph schedule --json` prints. Form: `media/schema/schedule.schema.json`. */
export interface ScheduleDocument {
  readonly schema: 'holograph.schedule';
  readonly version: 1;
  /** Absolute paths. */
  readonly files: readonly string[];
}

/** A schedule of rights for a contract, as DOCX and PDF: in the language of the call, then in Kazakh and Russian. */
export const scheduleCommand: Command = {
  name: 'schedule',
  usage: '[PATH…] --out DIR',
  about: 'help.schedule',
  options: { out: { about: 'help.scheduleOut', value: 'DIR' } },
  async run(call) {
    const out = call.option('out');
    if (out === undefined) throw new Refusal('error.missing', { what: '--out DIR' });
    const report = reportOf(call);
    const languages = [...new Set([call.words.language, 'kk', 'ru'] as const)];
    const form = scheduleForm({ report, software: packageSoftware }, languages);
    const files = await writtenForm(call, form, report, out);
    if (call.json) call.document({ schema: 'holograph.schedule', version: 1, files } satisfies ScheduleDocument);
    else for (const file of files) call.print(call.words.t('schedule.written', { file }));
    return 0;
  },
};
