import { isTextKey, type TextKey, type Texts } from '../host/texts.ts';
import type { Basis, Hand, Kind, Placement } from '../provenance/origin.ts';

/** The words for what is stored as a dotted name. */
export const words = {
  kind: (kind: Kind): TextKey => `kind.${kind}`,
  hand: (hand: Hand): TextKey => `hand.${hand}`,
  basis: (basis: Basis): TextKey => `basis.${basis}`,
  placement: (placement: Exclude<Placement, 'insert'>): TextKey => `placement.${placement}`,
};

/** What a rule looks at, in words; the rule's own name when it has none yet. */
export function ruleText(rule: string, { t }: Pick<Texts, 't'>): string {
  const key = `rule.${rule}`;
  return isTextKey(key) ? t(key) : rule;
}
