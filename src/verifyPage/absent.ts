import type { Member } from '../evidence/bag.ts';
import type { Printer } from '../evidence/printer.ts';

/** What this page does not carry, in place of `evidence/printer.ts` and `evidence/verifyPageMember.ts`. */
export const printer: Printer | undefined = undefined;
export { pageMember } from '../evidence/verifyPageMember.ts';
export function verifyPageMember(): Member | undefined {
  return undefined;
}
