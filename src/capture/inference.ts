import { inferred, type Neighbour, typedByNeighbours } from '../classify/neighbours.ts';
import type { Step } from '../classify/step.ts';
import type { Finding } from '../journal/event.ts';
import type { Origin } from '../provenance/origin.ts';
import type { Span } from '../provenance/span.ts';
import type { PendingStep } from './pending.ts';

/** A finding revised by what came after it. */
export interface Revision {
  readonly ranges: readonly Span[];
  readonly origin: Origin;
}

interface Past extends Neighbour {
  readonly first: number;
  readonly open: boolean;
}

const indent: Origin = { kind: 'tool.editor', basis: 'inferred', rule: 'neighbours' };

/** Remembers the last two steps of one text, to name keystrokes that left no kind of their own. */
export class Inference {
  #before: Past | undefined;
  #last: Past | undefined;

  /** The next step, as understood; its new characters begin at serial `first`. Returns what it tells of the one before. */
  next(pending: PendingStep, step: Step, findings: readonly Finding[], first: number): readonly Revision[] | undefined {
    const now = past(pending, step, findings, first);
    const [before, last] = [this.#before, this.#last];
    this.#before = last;
    this.#last = now;
    if (!last?.open || !typedByNeighbours(before, last, now)) return undefined;
    const { inserted } = last.only!;
    // Of a line break and its indent, the break is the key's and the indent the editor's.
    const own = inserted.startsWith('\n') ? 1 : inserted.length;
    const key = { ranges: [{ length: own, serial: last.first }], origin: inferred };
    if (own === inserted.length) return [key];
    return [key, { ranges: [{ length: inserted.length - own, serial: last.first + own }], origin: indent }];
  }

  /** The text changed in some other way: what went before says nothing any more. */
  clear(): void {
    this.#before = undefined;
    this.#last = undefined;
  }
}

function past(pending: PendingStep, step: Step, findings: readonly Finding[], first: number): Past {
  const { observation: o, changes } = pending;
  const change = changes.changes.length === 1 ? changes.changes[0]! : undefined;
  const all = change !== undefined && findings.reduce((n, f) => n + f.length, 0) === change.insert.length;
  return {
    time: pending.time,
    ...(change && all
      ? { only: { from: change.from, inserted: change.insert, removed: step.replacements[0]!.removed } }
      : {}),
    keyboard: findings[0]?.kind === 'typed' && findings[0].basis === 'asserted',
    bare:
      o.by === 'editor' &&
      !o.reason &&
      // A kind that was seen and did not make it a keystroke speaks against one: only none leaves it open.
      !o.selection &&
      !o.mark &&
      !o.transfer &&
      !o.saving &&
      !o.disk &&
      !o.eol &&
      !o.detailedReason,
    first,
    open: findings.length > 0 && findings.every(f => f.kind === 'unknown'),
  };
}
