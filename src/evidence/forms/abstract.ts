import type { ProgramFacts } from '../work.ts';
import { standingOf } from './claims.ts';
import { authored, type Form, fields, recorded } from './form.ts';
import { formIn, type Languages } from './parted.ts';
import { authorFields, titleFields } from './register.ts';
import type { FormSource } from './source.ts';
import { systemNames } from './systems.ts';
import type { Wording } from './wording.ts';

/** In the order of Article 9-1(2) of the Copyright Law of Kazakhstan. */
const facts = [
  'field',
  'purpose',
  'functions',
  'characteristics',
  'languages',
  'computer',
] as const satisfies readonly (keyof ProgramFacts)[];

/** The abstract (реферат) of a computer program. */
export function abstractForm({ report }: FormSource, languages: Languages): Form {
  const { work, period } = report;
  const { created, program = {} } = work;
  return formIn('abstract-program', 'abstract.title', languages, w => {
    const days = [created?.from, created?.to].filter(day => day !== undefined);
    const typed =
      period.firstTyped === null || period.lastTyped === null
        ? w.t('noneOnRecord')
        : `${w.dateTime(period.firstTyped)} – ${w.dateTime(period.lastTyped)}`;
    return [
      fields(
        ...titleFields(report, w),
        ...authorFields(report, w),
        authored(w.t('abstract.created'), days.join(' – ')),
        recorded(w.t('abstract.recorded'), typed),
        ...facts.map(name => authored(w.field(`program.${name}`), program[name])),
        recorded(w.t('abstract.origin'), originText({ report }, w)),
      ),
    ];
  });
}

function originText({ report }: Pick<FormSource, 'report'>, w: Wording): string {
  const { machine } = standingOf(report);
  const systems = systemNames(report, w).join('; ');
  if (machine === 0) return systems || w.t('noneOnRecord');
  const stands = w.t('not.machine', { n: machine, bounds: w.range(report.totals.machine) });
  return systems === '' ? stands : `${systems}. ${stands}`;
}
