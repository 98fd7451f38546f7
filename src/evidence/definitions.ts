import en from '../../media/l10n/report.en.json' with { type: 'json' };

export const figures = [
  'characters',
  'whitespace',
  'human',
  'machine',
  'unknown',
  'coverage',
  'inserted',
  'retained',
  'words',
  'lines',
  'passages',
  'origin',
  'arranged',
  'removed',
  'moved',
  'moves',
  'insertions',
  'decisions',
  'edits',
  'revisions',
  'humanInMachine',
  'machineInOther',
  'typingMinutes',
  'typingDays',
  'spans',
  'promptOutcome',
  'promptWritten',
  'promptRewords',
  'promptLoop',
] as const;

/** A figure that the report prints. */
export type Figure = (typeof figures)[number];

export type Definitions = Readonly<Record<Figure, string>>;

/** What each figure means, in English, as `report.json` states it. */
export function definitions(): Definitions {
  return Object.fromEntries(figures.map(figure => [figure, en[`define.${figure}`]])) as Definitions;
}
