import { actorOf } from '../classify/actors.ts';
import { type Classified, classify, placementOf } from '../classify/classify.ts';
import { isKeystroke, type Part } from '../classify/rules.ts';
import type { Step } from '../classify/step.ts';
import type { EventBody, Finding } from '../journal/event.ts';
import type { Aligned, Opened } from '../journal/messages.ts';
import { History } from '../provenance/history.ts';
import { type Origin, type Placement, unknown } from '../provenance/origin.ts';
import { Provenance } from '../provenance/provenance.ts';
import { countNew } from '../provenance/runs.ts';
import type { AlignedChange, Span } from '../provenance/span.ts';
import type { Removed } from '../provenance/twoWay.ts';
import type { TextBuffer } from '../text/buffer.ts';
import type { ChangeSet } from '../text/change.ts';
import { Inference } from './inference.ts';
import { joined } from './joined.ts';
import { type Copied, isUnexplained, type Open, type PendingStep } from './pending.ts';
import { fromPieces } from './pieces.ts';
import { alignHere, asKnown, asNew, number, type Refined, refine } from './refine.ts';
import type { TrackerHost } from './tracker.ts';
import { inWords } from './wholeWords.ts';

/** A mark that comes later than this (milliseconds) after a step does not speak of it. */
const lateMark = 250;

type Act = Pick<Aligned, 'changes' | 'removed' | 'fresh' | 'findings' | 'act'> & {
  readonly placed?: number;
  /** The findings, where they are at hand like this. */
  readonly parts?: readonly Part[];
};

/** A piece of text that a step took out at `from`, in the text before it. */
export type Cut = Copied & { readonly from: number };

/** What the last step took out, and where, if it put nothing in. `byHand`: it was no undo, nor another program's. */
interface LastCut {
  readonly cuts: readonly Cut[];
  readonly time: number;
  readonly byHand: boolean;
}

/** What one tracker's characters are, kept step by step with the events that it hands over. */
export class LiveProvenance {
  readonly document: number;
  readonly provenance: Provenance;
  readonly #host: TrackerHost;
  readonly #tracker: number;
  readonly #history = new History();
  readonly #inference = new Inference();
  #version: number;
  /** New characters of the last step, where nothing explained it; a mark may come a moment later. */
  #unexplained: { readonly ranges: readonly Span[]; readonly step: Step; readonly time: number } | undefined;
  #lastCut: LastCut | undefined;

  constructor(host: TrackerHost, tracker: number, base: Opened) {
    this.#host = host;
    this.#tracker = tracker;
    this.document = base.document;
    this.#version = base.version;
    this.provenance = Provenance.of(base.spans, base.placements);
  }

  get lastCut(): LastCut | undefined {
    return this.#lastCut;
  }

  /** What an undo or redo that comes next brings back, with its former serials; `text`: the text before it. */
  restored(changes: ChangeSet, reason: 'undo' | 'redo', text: TextBuffer): readonly AlignedChange[] | undefined {
    return this.#history.match(changes, reason, text);
  }

  /** Understands a step here and now, or answers what to wait for: the worker aligns what is large or came from disk. */
  take(observed: PendingStep, seen: Step): Promise<Aligned> | undefined {
    const { pending, step, parts } = inWords(observed, seen, classify(seen));
    const restored = this.#restored(pending);
    if (restored) {
      this.#apply(pending, step, restored);
      return undefined;
    }
    if (pending.observation.by !== 'editor' || isLargeRewrite(step)) return this.#elsewhere(pending, step, parts);
    const refined = this.#refined(pending, step, parts);
    if (isLookedFor(refined)) return this.#elsewhere(pending, step, parts, refined);
    this.#apply(pending, step, refined);
    return undefined;
  }

  /** What an undo or redo brings back, where it is remembered. */
  #restored({ restored, changes, observation: { reason }, before }: PendingStep): readonly Refined[] | undefined {
    const known = reason && (restored ?? this.#history.match(changes, reason, before));
    return known?.map(c => asKnown(c, c.spans));
  }

  /** The step's changes with what is known about each inserted character. */
  #refined(pending: PendingStep, step: Step, parts: Classified): readonly Refined[] {
    const { changes, observation, removed, copied, pieces } = pending;
    if (copied?.journal === this.#host.writer.journal && observation.transfer?.equal) {
      return changes.changes.map(c => asKnown(c, c.insert === '' ? [] : copied.spans));
    }
    if (pieces?.[0]?.journal === this.#host.writer.journal && observation.transfer?.equal)
      return fromPieces(changes.changes, pieces);
    if (pending.titled) return changes.changes.map(c => asKnown(c, pending.titled!.spans));
    if (pending.joined) return changes.changes.map(c => joined(c, pending.joined!));
    // A keystroke's and a paste's text is new, whatever stood there before.
    if (step.replacements.every(isKeystroke) || observation.transfer)
      return changes.changes.map((c, i) => asNew(c, parts[i] ?? []));
    return refine(changes.changes, removed, parts, (from, to) => this.provenance.slice(from, to));
  }

  #apply(pending: PendingStep, step: Step, refined: readonly Refined[]): void {
    const { writer } = this.#host;
    const count = refined.reduce((n, c) => n + countNew(c.runs), 0);
    const repeats = refined.some(c => c.runs.some(run => run.serial !== undefined));
    const took = writer.serials(count + (repeats ? 1 : 0));
    const first = repeats ? took + 1 : took;
    const aligned = number(refined, first);
    const parts = refined.length === 1 ? refined[0]!.parts : refined.flatMap(c => c.parts);
    const findings = parts.map(({ length, origin }): Finding => ({ ...origin, length }));
    const placement = repeats ? placementOf(step) : 'insert';
    const acted = repeats || aligned.some(({ from, to }) => to > from);
    // Each key comes here: what most steps have not is added afterwards, which costs them less than to spread nothing.
    const body: Open<Extract<EventBody, { kind: 'changed' }>> = {
      kind: 'changed',
      document: this.document,
      tracker: this.#tracker,
      version: ++this.#version,
      changes: aligned.map(({ from, to, spans }, i) => (isPlain(refined[i]!) ? { from, to } : { from, to, spans })),
      first: took,
      placement,
      findings,
      observation: pending.observation,
    };
    if (repeats) body.placed = took;
    if (acted) {
      const all = refined.map(c => c.parts);
      body.actor = actorOf(step, all);
    }
    const texts = aligned.map(c => c.insert);
    const act = writer.append(body, texts, pending.time);
    const fresh = { first, count };
    this.#keep(pending, { changes: aligned, fresh, findings, parts, act, placed: repeats ? took : 0 }, placement);
    for (const { ranges, origin } of this.#inference.next(pending, step, findings, first) ?? [])
      if (this.#isUnknown(ranges)) this.#resolve(ranges, origin);
    this.#stray(pending, step, { act, first, findings });
    const open = isUnexplained(pending) && refined.some(c => c.insert.trim() !== '' && countNew(c.runs) > 0);
    this.#unexplained = open ? { ranges: [{ length: count, serial: first }], step, time: pending.time } : undefined;
  }

  /** Takes a step over into spans, findings and history. */
  #keep(pending: PendingStep, act: Act, placement: Placement): void {
    const { changes, fresh, placed = 0, findings } = act;
    const parts = act.parts ?? findings.map(({ length, ...origin }) => ({ length, origin }));
    const removed = this.#removedBy(act, pending);
    this.provenance.apply(changes, fresh, placed);
    const { journal } = this.#host.writer;
    const { by, reason } = pending.observation;
    this.#lastCut =
      removed && changes.every(c => c.insert === '')
        ? {
            cuts: changes.map(({ from }, i) => ({ journal, ...removed[i]!, from })),
            time: pending.time,
            byHand: by === 'editor' && !reason,
          }
        : undefined;
    let at = fresh.first;
    for (const { length, origin } of parts) {
      this.#host.origins.add(at, length, origin, act.act);
      at += length;
    }
    if (placed) this.#host.placed(placed, placement, act.act);
    this.#history.push({ changes, ...(removed && { removed }), undo: reason === 'undo' });
  }

  /**
   * What the worker has to see: reloads and large rewrites, which it aligns against its mirror, and text that may have
   * been there before.
   */
  async #elsewhere(pending: PendingStep, step: Step, parts: Classified, exact?: readonly Refined[]): Promise<Aligned> {
    const aligned = await this.#host.writer.align({
      document: this.document,
      tracker: this.#tracker,
      version: ++this.#version,
      changes: exact?.map(({ from, to, insert }) => ({ from, to, insert })) ?? pending.changes.changes,
      ...(exact && { exact: true }),
      origin: parts.flat()[0]?.origin ?? unknown,
      placement: placementOf(pending),
      actor: actorOf(step, parts),
      observation: pending.observation,
    });
    this.#keep(pending, aligned, aligned.placement);
    this.#inference.clear();
    const { first, count } = aligned.fresh;
    if (aligned.outside === undefined) this.#stray(pending, step, { ...aligned, first });
    const open = exact !== undefined && isUnexplained(pending) && count > 0;
    this.#unexplained = open ? { ranges: [{ length: count, serial: first }], step, time: pending.time } : undefined;
    return aligned;
  }

  /** Tells of characters of which nothing was seen that says who made them, but not of what an undo brought back. */
  #stray(
    { observation: { by, reason, transfer }, time }: PendingStep,
    { replacements }: Step,
    { act, first, findings }: { act: number; first: number; findings: readonly Finding[] },
  ): void {
    // A keystroke's are known.
    if (by !== 'editor' || !findings.some(({ kind }) => kind === 'unknown')) return;
    if (reason || (transfer && transfer.equal !== false)) return;
    const ranges: Span[] = [];
    let serial = first;
    for (const { length, kind } of findings) {
      if (kind === 'unknown') ranges.push({ length, serial });
      serial += length;
    }
    this.#host.strayed({ tracker: this.#tracker, act, time, ranges, small: replacements.every(isKeystroke) });
  }

  /** A command put text in just before `now`: explains the last step, if nothing else has. */
  accept(command: string, now: number): void {
    const last = this.#unexplained;
    if (!last || Math.abs(now - last.time) > lateMark) return;
    const { replacements } = last.step;
    const origin = classify({ observation: { by: 'editor', mark: command }, replacements }).flat()[0]?.origin;
    if (!origin || origin.kind === 'unknown') return;
    this.#unexplained = undefined;
    this.#resolve(last.ranges, origin);
  }

  /** An agent's record may have told of them meanwhile. */
  #isUnknown(ranges: readonly Span[]): boolean {
    return [...this.#host.origins.walk(ranges)].every(({ origin: { kind } }) => kind === 'unknown');
  }

  #resolve(ranges: readonly Span[], origin: Origin): void {
    const by = this.#host.writer.append({ kind: 'resolution', ranges, origin });
    for (const { serial, length } of ranges) this.#host.origins.resolve(serial, length, origin, by);
  }

  /** The worker could not align it: the text is as the editor has it, its new characters of unknown origin. */
  giveUp(pending: PendingStep, step: Step): void {
    this.#version--;
    const parts = (length: number) => (length === 0 ? [] : [{ length, origin: unknown }]);
    this.#apply(
      pending,
      step,
      pending.changes.changes.map(c => asNew(c, parts(c.insert.length))),
    );
  }

  /** What each aligned change took out: text and spans, for the way back. Undefined: the text is not known here. */
  #removedBy({ changes, removed: told }: Act, { changes: wide, removed }: PendingStep) {
    const out: Removed[] = [];
    for (const [k, { from, to }] of changes.entries()) {
      const i = wide.changes.findIndex(c => from >= c.from && to <= c.to);
      const outer = wide.changes[i];
      const text = told?.[k] ?? (outer && (removed[i] ?? '').slice(from - outer.from, to - outer.from));
      if (text === undefined && to > from) return undefined;
      out.push({ text: text ?? '', spans: this.provenance.slice(from, to) });
    }
    return out;
  }
}

/** All of it is new, so that its serials follow from the step's. */
function isPlain({ runs }: Refined): boolean {
  return runs.every(run => run.serial === undefined);
}

/** A rewrite that would take long to align here: not a paste or keys. */
function isLargeRewrite({ observation, replacements }: Step): boolean {
  if (observation.transfer || replacements.every(isKeystroke)) return false;
  let [removed, inserted] = [0, 0];
  for (const replacement of replacements) {
    removed += replacement.removed.length;
    inserted += replacement.inserted.length;
  }
  return removed > 0 && inserted > 0 && removed + inserted > alignHere;
}

/** New text of this length may have been in the journal before: shorter text inherits nothing without a token. */
const lookedFor = 24;

/** Whether the journal is asked for text of which nobody knows here who made it, or that came over the clipboard. */
function isLookedFor(refined: readonly Refined[]): boolean {
  return refined.some(
    ({ runs, parts }) =>
      parts.length === 1 &&
      ['unknown', 'pasted.external', 'pasted.editor'].includes(parts[0]!.origin.kind) &&
      runs.some(run => run.serial === undefined && run.length >= lookedFor),
  );
}
