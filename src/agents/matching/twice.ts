import type { DigestedEdit } from './editChains.ts';

/** The id of an edit without the mark of a second account. */
export function base(id: string): string {
  return id.replace(/~+$/, '');
}

/**
 * Two accounts of one edit as one, under the second's id. Texts come from one of them: the second's where it has any
 * and the first is not the only one that was checked; a text whose reader nobody checked proves nothing.
 */
export function both(first: DigestedEdit, second: DigestedEdit): DigestedEdit {
  const more = told(second) - told(first);
  // What the journal has of an edit says of a text its digest only.
  const better = more > 0 || (more === 0 && (!second.unchecked || lengthOf(second) > lengthOf(first)));
  return { ...bare(first), ...bare(second), ...textsOf(better ? second : first) };
}

const texts = ['before', 'after', 'replaced', 'beforeDigest', 'afterDigest', 'brings', 'unchecked'] as const;

/** Without texts, and without what says how sure they are. */
function bare(edit: DigestedEdit): DigestedEdit {
  const out: Record<string, unknown> = { ...edit };
  for (const name of texts) delete out[name];
  return out as unknown as DigestedEdit;
}

function textsOf(edit: DigestedEdit): Partial<DigestedEdit> {
  return Object.fromEntries(texts.flatMap(name => (edit[name] === undefined ? [] : [[name, edit[name]]])));
}

function lengthOf({ before, after, replaced }: DigestedEdit): number {
  return (before ?? '').length + (after ?? '').length + (replaced ? replaced.old.length + replaced.new.length : 0);
}

/** How much the texts of an account tell. */
function told({ before, after, replaced, unchecked, beforeDigest, afterDigest }: DigestedEdit): number {
  const whole =
    Number(before !== undefined || beforeDigest !== undefined) +
    Number(after !== undefined || afterDigest !== undefined);
  const any = whole > 0 || replaced !== undefined;
  return any ? 1 + 2 * whole + (unchecked ? 0 : 1) : 0;
}
