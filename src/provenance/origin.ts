/** Where characters came from: the closed list of kinds, and what each finding says of itself. */

export const kinds = [
  'typed',
  'ai.completion',
  'ai.chat',
  'ai.agent',
  'ai.pasted',
  'tool.suggest',
  'tool.snippet',
  'tool.format',
  'tool.refactor',
  'tool.editor',
  'pasted.external',
  'pasted.editor',
  'external.git',
  'external.disk',
  'initial',
  'unknown',
] as const;

/** Dotted name of an origin. The order of `kinds` is part of the journal's format: append only. */
export type Kind = (typeof kinds)[number];

export const hands = ['human', 'machine', 'mechanical', 'outside', 'earlier', 'unknown'] as const;

/** The report's grouping of kinds. Derived, never stored. */
export type Hand = (typeof hands)[number];

/** How surely a finding is known, strongest first. The order is part of the journal's format. */
export const bases = ['proven', 'asserted', 'reported', 'inferred', 'none'] as const;
export type Basis = (typeof bases)[number];

/**
 * What put characters where they stand. `insert`: the act that made them. All others may repeat
 * characters that were made earlier. The order is part of the journal's format: append only.
 */
export const placements = [
  'insert',
  'paste',
  'drop',
  'move',
  'undo',
  'redo',
  'format',
  'revert',
  'reload',
  'resync',
] as const;
export type Placement = (typeof placements)[number];

/** What a run of characters was taken to be, by which rule, and which prompt led to it if one is known. */
export interface Origin {
  readonly kind: Kind;
  readonly basis: Basis;
  /** Name of the rule in `classify/rules.ts`, or of the matcher, that found it. */
  readonly rule: string;
  /** Id of the prompt (`Prompt.id`) that led to the characters. */
  readonly prompt?: string;
  /** Full id of the git commit that brought the characters' line; absent where git names none. */
  readonly commit?: string;
}

/** Who removed or moved text, as a kind with its basis; `typed` stands for a person at this editor. */
export type Actor = Pick<Origin, 'kind' | 'basis' | 'rule'>;

/** Whether two findings say the same. */
export function sameOrigin(a: Origin, b: Origin): boolean {
  return (
    a === b ||
    (a.kind === b.kind && a.basis === b.basis && a.rule === b.rule && a.prompt === b.prompt && a.commit === b.commit)
  );
}

export const unknown: Origin = { kind: 'unknown', basis: 'none', rule: 'none' };

/** The hand that a kind counts for. `external.disk` is unknown: the program that wrote it is not named. */
export function handOf(kind: Kind): Hand {
  switch (kind) {
    case 'typed':
      return 'human';
    case 'ai.completion':
    case 'ai.chat':
    case 'ai.agent':
    case 'ai.pasted':
      return 'machine';
    case 'tool.suggest':
    case 'tool.snippet':
    case 'tool.format':
    case 'tool.refactor':
    case 'tool.editor':
      return 'mechanical';
    case 'pasted.external':
    case 'pasted.editor':
    case 'external.git':
      return 'outside';
    case 'initial':
      return 'earlier';
    case 'external.disk':
    case 'unknown':
      return 'unknown';
  }
}
