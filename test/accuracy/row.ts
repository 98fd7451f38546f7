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
  readonly shownUnknown: number;
  readonly matrix: Matrix;
  /** What was shown wrongly, in words with the text, without the figures above. */
  readonly wrong: readonly string[];
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
  const keyed = { of: 0, shown: 0 };
  const typed = { of: 0, shown: 0 };
  let characters = 0;
  let notTypedShownAsTyped = 0;
  let shownUnknown = 0;
  for (const { file, text, labels, found } of texts) {
    const faults = new Map<string, string>();
    for (let i = 0; i < text.length; ) {
      const character = String.fromCodePoint(text.codePointAt(i)!);
      const label = labels[i]!;
      const { kind, place } = found[i]!;
      const truth = truthOf(label, kind);
      characters++;
      matrix[truth] ??= {};
      matrix[truth][kind] = (matrix[truth][kind] ?? 0) + 1;
      if (kind === 'unknown' && truth !== 'unknown') shownUnknown++;
      if (truth === 'typed') {
        for (const share of label.key?.keyboard ? [keyed, typed] : [typed]) {
          share.of++;
          if (kind === 'typed') share.shown++;
        }
      } else if (kind === 'typed' && truth !== 'any') notTypedShownAsTyped++;
      const fault = faultIn(truth, kind, label.place, place, allows, unknown !== undefined);
      if (fault) faults.set(fault, (faults.get(fault) ?? '') + character);
      i += character.length;
    }
    for (const [fault, part] of faults) wrong.push(`${file}: ${fault}: ${JSON.stringify(part)}`);
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
  };
}

/** Why the row does not pass; empty if it does. */
export function faultsOf(row: Row): readonly string[] {
  if (!row.gate) return [];
  const faults = [...row.wrong];
  const { keyed, typed, characters, shownUnknown } = row;
  if (row.notTypedShownAsTyped > 0) faults.push(`${row.notTypedShownAsTyped} characters not typed, shown as typed`);
  if (keyed.shown < gates.keyed * keyed.of) faults.push(`of ${keyed.of} letters by key ${keyed.shown} shown as typed`);
  if (row.unknown === undefined) {
    if (typed.shown < gates.typed * typed.of) faults.push(`of ${typed.of} typed letters ${typed.shown} shown as typed`);
    if (shownUnknown > gates.unknown * characters) faults.push(`${shownUnknown} of ${characters} shown as unknown`);
  }
  return faults;
}

function truthOf({ known }: Label, found: Kind): Kind | 'any' {
  if (typeof known === 'string') return known;
  return known.includes(found) ? found : (known[0] ?? 'any');
}

/** What is wrong with one character, beyond being unknown where it should be known: that is a matter of shares. */
function faultIn(
  truth: Kind | 'any',
  found: Kind,
  wanted: Placement | null | undefined,
  place: Placement | null,
  allows: readonly Kind[],
  unknowns: boolean,
): string | undefined {
  if (found !== 'unknown' || truth === 'unknown') {
    if (!allows.includes(found) && !(found === 'unknown' && unknowns))
      return `${truth} shown as ${found}, which is not allowed`;
    if (truth !== 'any' && truth !== found) return `${truth} shown as ${found}`;
  } else if (unknowns) return undefined;
  if (wanted !== undefined && wanted !== place) return `${truth} placed by ${place}, not by ${wanted}`;
  return found === 'unknown' && truth !== 'unknown' && truth !== 'any' ? undefined : undefined;
}
