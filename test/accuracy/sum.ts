import { type Hand, handOf, type Kind } from '../../src/provenance/origin.ts';
import { gates, type Matrix, type Row, type Share } from './row.ts';

/** `out/accuracy.json`. All counts are code points of the gated scenarios. */
export interface Accuracy {
  readonly scenarios: number;
  readonly characters: number;
  readonly notTypedShownAsTyped: number;
  /** Share of the typed letters that left a keyboard kind which are shown as typed. */
  readonly typedShownAsTyped: number;
  /** The same of all typed letters, Enter and soft wraps among them. */
  readonly allTypedShownAsTyped: number;
  /**
   * Shown as unknown where the scenario gives no reason for it, as a share of the characters that entered since
   * recording began: a long text from before must not make it small.
   */
  readonly unknownWithSignal: number;
  /** Truth, then what was shown, in characters. */
  readonly matrix: Matrix;
  readonly byHand: Matrix;
  readonly unknowns: readonly { readonly group: string; readonly name: string; readonly reason: string }[];
  /** Scenarios without a gate, each with its own figures. */
  readonly ungated: readonly Row[];
  readonly rows: readonly Row[];
  /** Gates that the sums miss, in words. */
  readonly missed: readonly string[];
}

/** Adds up the rows of a run. A share of nothing is 1, a share of unknown among nothing 0. */
export function accuracyOf(rows: readonly Row[]): Accuracy {
  const gated = rows.filter(row => row.gate);
  const matrix = added(gated, kind => kind);
  const typedShownAsTyped = share(gated.map(row => row.keyed));
  const allTypedShownAsTyped = share(gated.map(row => row.typed));
  const unknownWithSignal = total(gated, 'shownUnknown') / Math.max(1, total(gated, 'characters') - initialIn(matrix));
  const notTypedShownAsTyped = total(
    rows.filter(row => row.gate),
    'notTypedShownAsTyped',
  );
  const missed = [
    ...(notTypedShownAsTyped > 0 ? [`${notTypedShownAsTyped} characters not typed, shown as typed`] : []),
    ...(typedShownAsTyped < gates.keyed ? [`typed letters shown as typed: ${typedShownAsTyped}`] : []),
    ...(allTypedShownAsTyped < gates.typed ? [`all typed letters shown as typed: ${allTypedShownAsTyped}`] : []),
    ...(unknownWithSignal > gates.unknown ? [`shown as unknown without a reason: ${unknownWithSignal}`] : []),
  ];
  return {
    scenarios: rows.length,
    characters: total(gated, 'characters'),
    notTypedShownAsTyped,
    typedShownAsTyped,
    allTypedShownAsTyped,
    unknownWithSignal,
    matrix,
    byHand: added(gated, hand),
    unknowns: rows.flatMap(({ group, name, unknown }) =>
      unknown === undefined ? [] : [{ group, name, reason: unknown }],
    ),
    ungated: rows.filter(row => !row.gate),
    rows,
    missed,
  };
}

function initialIn({ initial = {} }: Matrix): number {
  return Object.values(initial).reduce((n, one) => n + one, 0);
}

function hand(kind: string): Hand | 'any' {
  return kind === 'any' ? kind : handOf(kind as Kind);
}

function added(rows: readonly Row[], name: (kind: string) => string): Matrix {
  const sum: Record<string, Record<string, number>> = {};
  for (const { matrix } of rows) {
    for (const [truth, found] of Object.entries(matrix)) {
      const row = sum[name(truth)] ?? {};
      sum[name(truth)] = row;
      for (const [kind, count] of Object.entries(found)) {
        row[name(kind)] = (row[name(kind)] ?? 0) + count;
      }
    }
  }
  return sum;
}

function share(shares: readonly Share[]): number {
  const of = shares.reduce((n, one) => n + one.of, 0);
  return of === 0 ? 1 : shares.reduce((n, one) => n + one.shown, 0) / of;
}

function total(rows: readonly Row[], field: 'characters' | 'shownUnknown' | 'notTypedShownAsTyped'): number {
  return rows.reduce((n, row) => n + row[field], 0);
}
