/** Words of closed lists that `holograph.json` takes. */
export const workKinds = [
  'literary',
  'scholarly',
  'screenplay',
  'program',
  'database',
  'composite',
  'derivative',
  'prompt',
  'other',
] as const;
export type WorkKind = (typeof workKinds)[number];

export const profiles = ['kz-contribution', 'kz-composite', 'kz-prompt', 'kz-program', 'us', 'generic'] as const;
export type Profile = (typeof profiles)[number];

export const constituentSources = ['own', 'ai', 'licensed', 'publicDomain', 'other'] as const;
export type ConstituentSource = (typeof constituentSources)[number];
