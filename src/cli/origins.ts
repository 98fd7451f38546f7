import { resolve } from 'node:path';
import { type OriginEntry, originEntries, originLines } from '../evidence/origins.ts';
import { worksOf } from '../evidence/works.ts';
import type { Command } from './command.ts';
import { reading, recordedFor, workOf } from './journals.ts';
import { writeWhole } from './output.ts';
import { reportOf } from './report.ts';

/** What `holograph origins --json` prints. Form: `media/schema/origins.schema.json`. */
export interface OriginsDocument {
  readonly schema: 'holograph.origins';
  readonly version: 1;
  readonly files: readonly OriginEntry[];
}

/** Where each file of the work comes from, as packages have it in `data/origin.jsonl`. */
export const originsCommand: Command = {
  name: 'origins',
  usage: '[--out FILE]',
  about: 'help.origins',
  most: 0,
  options: { out: { about: 'help.originsOut', value: 'FILE' } },
  run(call) {
    const { consented } = recordedFor({ ...call, paths: [] });
    const report = reportOf(call);
    const listed = workOf({ ...call, note: () => undefined }, consented.folder).files;
    const works = reading(consented.file, reader => worksOf(reader.replay().documents.values(), listed));
    const files = originEntries(report, works.files);
    const out = call.option('out');
    if (out !== undefined) {
      const file = resolve(call.io.cwd, out);
      writeWhole(file, originLines(files));
      if (!call.json) call.print(call.words.t('origins.written', { file }));
    }
    if (call.json) call.document({ schema: 'holograph.origins', version: 1, files } satisfies OriginsDocument);
    else if (out === undefined) for (const line of originLines(files).split('\n').slice(0, -1)) call.print(line);
    return 0;
  },
};
