import { type Basis, bases, type Hand, handOf, type Kind, kinds } from '../provenance/origin.ts';
import type { FileAccount } from './account.ts';
import { decidedEdits } from './agentEdits.ts';
import type { Chronicle } from './chronicle.ts';
import type { Flow } from './flow.ts';

/** How the origins were known. */
export interface Method {
  /** Every rule that found something, strongest kinds of finding first; characters as code points. */
  readonly rules: readonly RuleCount[];
  readonly events: number;
  readonly changes: number;
  readonly liveChanges: number;
  /** Findings that later evidence revised. */
  readonly resolutions: number;
  /** Tool calls read from agents' own records. */
  readonly agentEdits: number;
  /** Software that wrote the journals. */
  readonly software: readonly string[];
}

export interface RuleCount {
  readonly kind: Kind;
  readonly hand: Hand;
  readonly basis: Basis;
  readonly rule: string;
  readonly inserted: number;
  /** Standing in the files of this report now. */
  readonly characters: number;
}

export function methodOf(
  parts: readonly { readonly chronicle: Chronicle; readonly flow: Flow }[],
  files: readonly FileAccount[],
): Method {
  const rules = new Map<string, { inserted: number; characters: number }>();
  const count = (key: string) => {
    let found = rules.get(key);
    if (found === undefined) {
      found = { inserted: 0, characters: 0 };
      rules.set(key, found);
    }
    return found;
  };
  for (const { flow } of parts) for (const [key, n] of flow.rules) count(key).inserted += n;
  for (const { text, spans } of files) {
    // Spans mostly take turns between two rules: their names are put together once.
    let [one, other]: (Named | undefined)[] = [];
    for (const { kind, basis, rule, from, to } of spans) {
      if (!isOf(one, kind, basis, rule)) [one, other] = [other, one];
      if (!isOf(one, kind, basis, rule)) one = { kind, basis, rule, counts: count(`${kind} ${basis} ${rule}`) };
      one.counts.characters += pointsIn(text, from, to);
    }
  }
  const total = (of: (chronicle: Chronicle) => number) => parts.reduce((n, { chronicle }) => n + of(chronicle), 0);
  return {
    rules: [...rules].map(([key, counts]) => ruleCount(key, counts)).sort(byKindAndBasis),
    events: total(c => c.counts.events),
    changes: total(c => c.counts.changes),
    liveChanges: total(c => c.counts.liveChanges),
    resolutions: total(c => c.kept.resolution.length),
    agentEdits: total(c => decidedEdits(c).length),
    software: [...new Set(parts.flatMap(({ chronicle }) => chronicle.kept.session.map(event => event.software)))],
  };
}

interface Named {
  readonly kind: Kind;
  readonly basis: Basis;
  readonly rule: string;
  readonly counts: { characters: number };
}

function isOf(named: Named | undefined, kind: Kind, basis: Basis, rule: string): named is Named {
  return named !== undefined && named.kind === kind && named.basis === basis && named.rule === rule;
}

/** A rule's name may hold spaces; kinds and bases do not. */
function ruleCount(key: string, counts: { inserted: number; characters: number }): RuleCount {
  const [kind, basis, ...rule] = key.split(' ') as [Kind, Basis, ...string[]];
  return { kind, hand: handOf(kind), basis, rule: rule.join(' '), ...counts };
}

function byKindAndBasis(a: RuleCount, b: RuleCount): number {
  return (
    kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
    bases.indexOf(a.basis) - bases.indexOf(b.basis) ||
    (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0)
  );
}

/** Code points that begin in the range. */
function pointsIn(text: string, from: number, to: number): number {
  let points = 0;
  for (let at = from; at < to; at++) {
    const second = (text.charCodeAt(at) & 0xfc00) === 0xdc00 && at > 0 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
    if (!second) points++;
  }
  return points;
}
