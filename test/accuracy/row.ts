import type { Kind, Placement } from '../../src/provenance/origin.ts';
import type { Label } from './label.ts';

/** Characters (code points) by what they are known to be and what they were shown as. */
export type Matrix = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What one scenario came to. All counts are code points. */
export interface Row {
  readonly group: string;
  readonly name: string;
  readonly gate: boolean;
  readonly allows: readonly Kind[];
  readonly unknown?: string;
  readonly characters: number;
  /** Known not to be typed, shown as typed. */
  readonly notTypedShownAsTyped: number;
  /** Typed by a key that left a keyboard kind: all, and those shown as typed. */
  readonly keyed: Share;
  /** Typed at all, Enter and the letters at soft wraps among them. */
  readonly typed: Share;
  /** Shown as unknown where the scenario gives no reason for it. */
  readonly shownUnknown: number;
  readonly matrix: Matrix;
  /** What was shown wrongly, in words with the text, without the figures above. */
  readonly wrong: readonly string[];
  /** What was shown as unknown and is known: of the shares above. */
  readonly missed: readonly string[];
}

export interface Share {
  readonly of: number;
  readonly shown: number;
}

/** One recorded text at the end of a scenario: three columns of one entry a UTF-16 unit. */
export interface Compared {
  readonly file: string;
  readonly text: string;
  readonly labels: readonly Label[];
  readonly found: readonly { readonly kind: Kind; readonly place: Placement | null }[];
}

/** Shares of typed letters that must be shown as typed, and the share of `unknown` where no reason for it is given. */
export const gates = { keyed: 0.995, typed: 0.98, unknown: 0.01 } as const;

type Asked = Pick<Row, 'group' | 'name' | 'allows'> & { readonly gate?: false; readonly unknown?: string };

/** Counts a scenario's texts. */
export function rowOf({ group, name, allows, unknown, gate }: Asked, texts: readonly Compared[]): Row {
  const matrix: Record<string, Record<string, number>> = {};
  const wrong: string[] = [];
  const missed: string[] = [];
  const keyed = { of: 0, shown: 0 };
  const typed = { of: 0, shown: 0 };
  let characters = 0;
  let notTypedShownAsTyped = 0;
  let shownUnknown = 0;
  const may = mayBeUnknown(texts, unknown);
  for (const { file, text, labels, found } of texts) {
    const faults = new Map<string, string>();
    const unknowns = new Map<string, string>();
    for (let i = 0; i < text.length; ) {
      const character = String.fromCodePoint(text.codePointAt(i)!);
      const label = labels[i]!;
      const { kind, place } = found[i]!;
      const truth = truthOf(label, kind);
      characters++;
      matrix[truth] ??= {};
      matrix[truth][kind] = (matrix[truth][kind] ?? 0) + 1;
      const excused = kind === 'unknown' && (truth === 'unknown' || may(label));
      if (kind === 'unknown' && !excused) {
        shownUnknown++;
        unknowns.set(truth, (unknowns.get(truth) ?? '') + character);
      }
      if (truth === 'typed') {
        for (const share of label.key?.keyboard ? [keyed, typed] : [typed]) {
          share.of++;
          if (kind === 'typed') share.shown++;
        }
      } else if (kind === 'typed' && truth !== 'any') notTypedShownAsTyped++;
      const fault = faultIn({ truth, kind, wanted: label.place, place, allows, excused });
      if (fault) faults.set(fault, (faults.get(fault) ?? '') + character);
      i += character.length;
    }
    for (const [fault, part] of faults) wrong.push(`${file}: ${fault}: ${JSON.stringify(part)}`);
    for (const [truth, part] of unknowns) missed.push(`${file}: ${truth} shown as unknown: ${JSON.stringify(part)}`);
  }
  const counts = { characters, notTypedShownAsTyped, keyed, typed, shownUnknown };
  return {
    group,
    name,
    gate: gate ?? true,
    allows,
    ...(unknown === undefined ? {} : { unknown }),
    ...counts,
    matrix,
    wrong,
    missed,
  };
}

/** Why the row does not pass; empty if it does. */
export function faultsOf(row: Row): readonly string[] {
  if (!row.gate) return [];
  const faults = [...row.wrong];
  const { keyed, typed, characters, shownUnknown, unknown } = row;
  if (row.notTypedShownAsTyped > 0) faults.push(`${row.notTypedShownAsTyped} characters not typed, shown as typed`);
  if (keyed.shown < gates.keyed * keyed.of) faults.push(`of ${keyed.of} letters by key ${keyed.shown} shown as typed`);
  if (unknown === undefined && typed.shown < gates.typed * typed.of)
    faults.push(`of ${typed.of} typed letters ${typed.shown} shown as typed`);
  // Typed letters that leave no kind have the gate above: at soft wraps they alone are more than one in a hundred.
  const withoutKind = typed.of - typed.shown - (keyed.of - keyed.shown);
  if (shownUnknown - withoutKind > gates.unknown * characters)
    faults.push(`${shownUnknown} of ${characters} shown as unknown`);
  if (row.allows.includes('unknown') && unknown === undefined) faults.push('unknown is allowed without a reason');
  return faults.length > 0 ? [...faults, ...row.missed] : [];
}

/** Of several true kinds the one that was found; `unknown` among them names no kind, but that it may be unknown. */
function truthOf({ known }: Label, found: Kind): Kind | 'any' {
  if (typeof known === 'string') return known;
  return (known.includes(found) && found !== 'unknown' ? found : known.find(kind => kind !== 'unknown')) ?? 'unknown';
}

/** Whether a character may be unknown where the scenario gives a reason: labels that say so speak for all others. */
function mayBeUnknown(texts: readonly Compared[], unknown: string | undefined): (label: Label) => boolean {
  const says = ({ known }: Label) => typeof known === 'object' && known.includes('unknown');
  if (unknown === undefined) return () => false;
  return texts.some(({ labels }) => labels.some(says)) ? says : () => true;
}

/** What is wrong with one character, beyond being unknown where it should be known: that is a matter of shares. */
function faultIn(found: {
  readonly truth: Kind | 'any';
  readonly kind: Kind;
  readonly wanted: Placement | null | undefined;
  readonly place: Placement | null;
  readonly allows: readonly Kind[];
  readonly excused: boolean;
}): string | undefined {
  const { truth, kind, wanted, place } = found;
  if (kind !== 'unknown') {
    if (!found.allows.includes(kind)) return `${truth} shown as ${kind}, which is not allowed`;
    if (truth !== 'any' && truth !== kind) return `${truth} shown as ${kind}`;
  } else if (found.excused) return undefined;
  return wanted !== undefined && wanted !== place ? `${truth} placed by ${place}, not by ${wanted}` : undefined;
}
