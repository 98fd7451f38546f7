import type { Report } from '../report.ts';
import { workForm } from '../work/form.ts';
import { type Block, type Cell, type Form, fields, heading, recorded, table, text } from './form.ts';
import { formIn, type Languages } from './parted.ts';
import type { FormSource } from './source.ts';
import { systemFacts } from './systems.ts';
import type { Wording } from './wording.ts';

/** Of a composite work: what it is made of, under which terms, and how it was arranged. */
export function constituentsForm({ report }: FormSource, languages: Languages): Form {
  const { work, insertions } = report;
  return formIn('constituents', 'constituents.title', languages, w => [
    text(w.t('constituents.note'), 'small'),
    heading(w.t('constituents.list')),
    listed('constituents', work.constituents ?? [], w.t('constituents.none'), w),
    heading(w.t('constituents.terms')),
    listed('tools', work.tools ?? [], w.t('constituents.termsNone'), w),
    heading(w.t('constituents.recorded')),
    systemTable(report, w),
    text(w.t('constituents.noClaim')),
    heading(w.t('constituents.plan')),
    text(work.plan ?? w.t('empty'), work.plan === undefined ? 'small' : 'own'),
    heading(w.t('constituents.became')),
    fields(
      ...(['kept', 'altered', 'removed'] as const).map(became =>
        recorded(w.t(`constituents.${became}`), w.n(insertions.became[became])),
      ),
      recorded(w.t('constituents.removedBy'), w.n(removedByPerson(report))),
    ),
    heading(w.t('constituents.moves', { n: report.moves.count })),
    moveTable(report, w),
  ]);
}

function removedByPerson({ insertions }: Report): number {
  return insertions.removedBy.filter(({ hand }) => hand === 'human').reduce((n, { characters }) => n + characters, 0);
}

/** A list of `holograph.json` as a table; what the author left empty is an empty cell. */
export function listed(
  list: 'constituents' | 'tools' | 'thirdParty' | 'reviews',
  items: readonly object[],
  none: string,
  w: Wording,
): Block {
  const of = Object.entries(workForm[list].of);
  const rows = items.map(item =>
    of.map(([name, field]): Cell => {
      const value = (item as Readonly<Record<string, unknown>>)[name];
      if (typeof value !== 'string' || value.trim() === '') return null;
      return field.is === 'choice' ? (w.choice(`${list}.${name}`, value) ?? null) : value;
    }),
  );
  return table(
    of.map(([name]) => w.field(`${list}.${name}`)),
    rows,
    none,
  );
}

function systemTable(report: Report, w: Wording): Block {
  const rows = systemFacts(report, w).map(({ name, inserted, stands, times }) => [
    name,
    w.n(inserted),
    w.n(stands),
    times.length === 0 ? null : `${w.dateTime(times[0]!)} – ${w.dateTime(times.at(-1)!)}`,
  ]);
  const head = ['column.system', 'column.inserted', 'column.stand', 'column.period'] as const;
  return table(
    head.map(key => w.t(key)),
    rows,
    w.t('noneOnRecord'),
  );
}

function moveTable({ moves }: Report, w: Wording): Block {
  const rows = moves.listed
    .filter(({ by }) => by === 'human')
    .map(({ at, begins, characters, file, event }) => [
      w.dateTime(at),
      begins,
      w.n(characters),
      file ?? w.t('prompt.noFile'),
      event.slice(event.lastIndexOf(':') + 1),
    ]);
  const head = ['column.when', 'column.what', 'column.characters', 'column.file', 'column.entry'] as const;
  return table(
    head.map(key => w.t(key)),
    rows,
    w.t('constituents.movesNone'),
  );
}
