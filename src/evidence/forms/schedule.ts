import type { Report } from '../report.ts';
import { listed } from './constituents.ts';
import { type Block, type Form, fields, heading, open, table, text } from './form.ts';
import { restrictionTable } from './notice.ts';
import { formIn, type Languages } from './parted.ts';
import { authorFields, titleFields } from './register.ts';
import { seen } from './seen.ts';
import type { FormSource } from './source.ts';
import { systemFacts } from './systems.ts';
import type { Wording } from './wording.ts';

/**
 * A schedule of rights for a contract: prompts and outputs apart, others' parts, the ban on training, and who answers for
 * what, which the parties fill in. It decides nothing.
 */
export function scheduleForm({ report }: FormSource, languages: Languages): Form {
  const { work } = report;
  return formIn('rights-schedule', 'schedule.title', languages, w => [
    text(w.t('schedule.note'), 'small'),
    fields(...titleFields(report, w), ...authorFields(report, w)),
    heading(w.t('schedule.prompts')),
    text(w.t('schedule.promptsApart')),
    promptTable(report, w),
    heading(w.t('schedule.outputs')),
    text(w.t('schedule.outputsApart')),
    outputTable(report, w),
    heading(w.t('schedule.terms')),
    listed('tools', work.tools ?? [], w.t(work.tools === undefined ? 'empty' : 'noneStated'), w),
    heading(w.t('schedule.third')),
    listed('thirdParty', work.thirdParty ?? [], w.t(work.thirdParty === undefined ? 'empty' : 'noneStated'), w),
    heading(w.t('schedule.training')),
    restrictionTable({ report }, w),
    heading(w.t('schedule.liability')),
    text(w.t('schedule.liabilityNote'), 'small'),
    fields(
      ...(['prompts', 'outputs', 'third', 'labels', 'claims', 'record'] as const).map(who =>
        open(w.t(`schedule.for.${who}`)),
      ),
    ),
    {
      is: 'signature',
      labels: [w.t('schedule.first'), w.t('sign.signature'), w.t('schedule.second'), w.t('sign.signature')],
    },
  ]);
}

/** Prompts beyond these are counted: the register has them all. */
const most = 200;

function promptTable({ prompts }: Report, w: Wording): Block {
  const rows = prompts
    .slice(0, most)
    .map(({ number, text: said, agent, model, asked, protect, inserted, retained }) => [
      w.n(number),
      beginningOf(said),
      model === null ? agent : w.t('system', { agent, models: model }),
      w.dateTime(asked),
      w.t(`schedule.protect.${protect}`),
      w.t('schedule.ledLine', { inserted, retained }),
    ]);
  if (prompts.length > most) rows.push(['…', w.t('schedule.more', { n: prompts.length - most }), '', '', '', '']);
  const head = ['number', 'prompt', 'system', 'asked', 'protect', 'led'] as const;
  return table(
    head.map(name => w.t(`schedule.${name}`)),
    rows,
    w.t('noneOnRecord'),
  );
}

function outputTable(report: Report, w: Wording): Block {
  const rows = systemFacts(report, w).map(({ name, prompts, inserted, stands }) => [
    name,
    prompts === null ? null : w.n(prompts),
    w.n(inserted),
    w.n(stands),
  ]);
  const head = [w.t('schedule.system'), w.t('schedule.prompts'), w.t('column.inserted'), w.t('column.stand')];
  return table(head, rows, w.t('noneOnRecord'));
}

/** A prompt's first words: all of it stands in the register. */
function beginningOf(said: string): string {
  const line = seen(said).replace(/\s+/gu, ' ').trim();
  const characters = [...line];
  return characters.length <= 120 ? line : `${characters.slice(0, 119).join('')}…`;
}
