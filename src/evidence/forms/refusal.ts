import type { Report } from '../report.ts';
import { authorsOf, standingOf } from './claims.ts';
import { exhibitLines } from './cover.ts';
import { authored, type Block, type Form, fields, heading, open, table, text } from './form.ts';
import { formIn, type Languages } from './parted.ts';
import type { FormSource } from './source.ts';
import type { Wording } from './wording.ts';

/**
 * Kit for an answer to a refusal: asks that the work be taken as a composite one, with the facts of its arrangement and
 * where each is found. It says what is on record and judges nothing.
 */
export function refusalForm({ report }: FormSource, languages: Languages): Form {
  return formIn('refusal-response', 'refusal.title', languages, w => {
    const exhibits = exhibitLines({ report }, w);
    const { plan } = report.work;
    return [
      text(w.t('refusal.note'), 'small'),
      fields(
        open(w.t('refusal.to')),
        authored(w.t('refusal.from'), authorsOf(report)),
        open(w.t('refusal.number')),
        open(w.t('refusal.on')),
        open(w.t('refusal.ground')),
      ),
      heading(w.t('refusal.request')),
      text(w.t('refusal.ask')),
      heading(w.t('refusal.facts')),
      factTable(report, w),
      ...(plan === undefined ? [] : [heading(w.t('constituents.plan')), text(plan, 'own')]),
      heading(w.t('refusal.exhibits')),
      exhibits.length === 0 ? text(w.t('refusal.exhibitsNone')) : { is: 'list', items: exhibits },
      text(w.t('refusal.limits')),
      { is: 'signature', labels: [w.t('sign.name'), w.t('sign.date'), w.t('sign.signature')] },
    ];
  });
}

/** Numbers of the report's sections: `html/sections.ts`. */
const sections = { claim: 2, measures: 4, composition: 5, revisions: 6 } as const;

function factTable(report: Report, w: Wording): Block {
  const { insertions, moves, revisions, work, files } = report;
  const { typed, machine, open, arranged } = standingOf(report);
  const human = moves.listed.filter(({ by }) => by === 'human').length;
  const parts = files.reduce((n, file) => n + file.parts.length, 0);
  const row = (fact: string, value: string, section: keyof typeof sections) => [
    fact,
    value,
    w.t('section.n', { n: sections[section] }),
  ];
  return table(
    (['column.fact', 'column.value', 'column.where'] as const).map(key => w.t(key)),
    [
      row(w.t('refusal.human'), w.n(typed), 'measures'),
      row(w.t('refusal.machine'), w.n(machine), 'measures'),
      row(w.t('refusal.open'), w.n(open), 'measures'),
      row(w.t('refusal.arranged'), w.n(arranged), 'measures'),
      row(w.t('refusal.pieces'), w.t('refusal.piecesLine', { ...insertions.became }), 'composition'),
      row(w.t('refusal.moves'), w.t('refusal.movesLine', { n: moves.count, human }), 'composition'),
      row(w.t('refusal.parts'), w.n(parts), 'composition'),
      row(w.t('refusal.revisions'), w.n(revisions.length), 'revisions'),
      row(w.t('refusal.plan'), w.t(work.plan === undefined ? 'empty' : 'refusal.planStated'), 'composition'),
      row(w.t('refusal.constituents'), w.n(work.constituents?.length ?? 0), 'claim'),
    ],
    '',
  );
}
