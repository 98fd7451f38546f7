import type { WorkDocument } from '../../cli/describe.ts';
import { emptyFields } from '../../evidence/work/needs.ts';
import { parsedJson } from '../../evidence/work/reading.ts';
import { fieldName, problemName } from '../../evidence/work/words.ts';
import { type Profile, readWork } from '../../evidence/work.ts';
import type { Texts } from '../../host/texts.ts';

/** What the page shows of the file as it stands. */
export interface PageState {
  readonly kind: 'state';
  /** The last of the page's wishes that is in it. */
  readonly seen: number;
  /** The file is no JSON object: nothing can be edited here. */
  readonly broken: boolean;
  readonly json: unknown;
  /** By JSON pointer. */
  readonly problems: Readonly<Record<string, string>>;
  /** Problems with what the page has no field for. */
  readonly strangers: readonly string[];
  /** Fields that this profile's readers look for: pointer and name. */
  readonly empty: readonly (readonly [pointer: string, name: string])[];
  /** Only one of these needs this part of the page. */
  readonly wants: { readonly program: boolean; readonly constituents: boolean };
}

/** What the page shows of the record beside it. */
export interface PageRecord {
  readonly kind: 'record';
  readonly dates?: { readonly text: string; readonly from: string; readonly to: string };
  readonly tools: readonly { readonly text: string; readonly product: string }[];
  readonly files: readonly string[];
  readonly exhibits: readonly { readonly name: string; readonly text: string }[];
}

export function stateOf(text: string, seen: number, { language }: Pick<Texts, 'language'>): PageState {
  const { work, problems } = readWork(text);
  const known = problems.filter(({ what }) => what !== 'unknownField' && what !== 'notJson');
  const profile: Profile = work.profile ?? 'generic';
  return {
    kind: 'state',
    seen,
    broken: problems.some(({ field }) => field === ''),
    json: parsedJson(text),
    problems: Object.fromEntries(known.map(({ field, what }) => [field, problemName(what, language)])),
    strangers: problems.flatMap(({ field, what }) =>
      what === 'unknownField' ? [`${fieldName(field, language)}: ${problemName(what, language)}`] : [],
    ),
    empty: emptyFields(work, profile).map(field => [`/${field.replaceAll('.', '/')}`, fieldName(field, language)]),
    wants: {
      program: work.kind === 'program' || profile === 'kz-program' || work.program !== undefined,
      constituents: work.kind === 'composite' || profile === 'kz-composite' || work.constituents !== undefined,
    },
  };
}

/** Proposals: they stand beside the fields until the person takes them. `nameOf`: an AI tool's name for people. */
export function recordOf(
  { recorded }: WorkDocument,
  { t }: Pick<Texts, 't'>,
  nameOf: (agent: string) => string,
): PageRecord {
  const { firstTyped, lastTyped } = recorded.period;
  const [from, to] = [firstTyped?.slice(0, 10), lastTyped?.slice(0, 10)];
  return {
    kind: 'record',
    ...(from && to && { dates: { text: t('describe.recordedDates', { first: from, last: to }), from, to } }),
    tools: recorded.tools.map(({ agent, models, first, last }) => {
      const span = first === null || last === null ? [] : [`${first.slice(0, 10)} – ${last.slice(0, 10)}`];
      const product = nameOf(agent);
      return { text: t('describe.recordedTool', { tool: [product, ...models, ...span].join(', ') }), product };
    }),
    files: recorded.files,
    exhibits: recorded.exhibits.map(({ name, file, shows }) => ({ name, text: `${shows} (${file})` })),
  };
}
