import type { LabelForm } from '../journal/labelEvent.ts';
import { type Label, saysSame } from './label.ts';
import { type LabelFacts, leastLevel, sourceOf } from './labelFacts.ts';
import { type Halves, hasSidecar } from './labelForm.ts';

/**
 * What is wrong with a file's label. `missing`: there is AI text and no label. `machineMissing`, `visibleMissing`, `besideMissing`:
 * one half, or the file beside, is not there. `saysLess`: it says less of AI than the record has. `toolMissing`: it does not
 * name a tool of which text stands there. `altered`: it is not what was written. `unjournalled`: no event tells of it.
 * `outdated`: the record would say something else now. `unrecorded`: the record does not have the file as it stands.
 */
export type LabelFaultKind =
  | 'missing'
  | 'machineMissing'
  | 'visibleMissing'
  | 'besideMissing'
  | 'saysLess'
  | 'toolMissing'
  | 'altered'
  | 'unjournalled'
  | 'outdated'
  | 'unrecorded';

export interface LabelFault {
  readonly why: LabelFaultKind;
  /** The term that it says, or the tool that it does not name; empty where there is nothing to add. */
  readonly detail: string;
}

/** A file as it stands with its label. */
export interface LabelledFile extends Halves {
  readonly form: LabelForm;
  /** Text of the file beside; undefined where there is none. */
  readonly beside: string | undefined;
  /** The label that the record says was last written; undefined: none, or it was removed. */
  readonly written: Label | undefined;
  /** Whether the file, or what is beside it, differs from that. */
  readonly altered: boolean;
  /** What the record would say now, with the choices of the one that was written. */
  readonly now: Label | undefined;
  readonly facts: LabelFacts;
}

/** The faults of one file's label, the gravest first. A label without need is none: the author may know more than the record. */
export function faultsOfLabel(file: LabelledFile): LabelFault[] {
  const { form, machine, visible, beside, written, altered, now, facts } = file;
  const fault = (why: LabelFaultKind, detail = ''): LabelFault => ({ why, detail });
  if (machine === undefined && visible === undefined && beside === undefined)
    return leastLevel(facts) === undefined ? [] : [fault('missing')];
  const faults: LabelFault[] = [];
  const halfBeside = form === 'text' || form === 'sidecar';
  if (halfBeside ? beside === undefined : machine === undefined) faults.push(fault('machineMissing'));
  else if (hasSidecar(form) && beside === undefined) faults.push(fault('besideMissing'));
  if (visible === undefined && form !== 'sidecar') faults.push(fault('visibleMissing'));
  const all = [machine, beside].filter(half => half !== undefined);
  for (const half of all) {
    const term = termIn(half);
    if (saysLess(term, facts)) faults.push(fault('saysLess', term ?? ''));
  }
  const unnamed = facts.tools.find(({ name }) => all.some(half => !half.includes(name)));
  if (unnamed !== undefined) faults.push(fault('toolMissing', unnamed.name));
  if (faults.length > 0) return once(faults);
  if (written === undefined) return [fault('unjournalled')];
  if (altered) return [fault('altered')];
  return now !== undefined && !saysSame(written, now) ? [fault('outdated')] : [];
}

/** The term of IPTC's vocabulary that a machine-readable half states, by its address or its name alone. */
export function termIn(half: string): string | undefined {
  return (/digitalsourcetype\/(\w+)/.exec(half) ?? /digitalSourceType["\s:=]+(\w+)/i.exec(half))?.[1];
}

/** Those that speak of AI, each of more than the one before; every other term speaks of none. */
const terms = ['compositeWithTrainedAlgorithmicMedia', 'compositeSynthetic', 'trainedAlgorithmicMedia'];

function saysLess(term: string | undefined, facts: LabelFacts): boolean {
  const least = leastLevel(facts);
  return least !== undefined && terms.indexOf(term ?? '') < terms.indexOf(sourceOf(least, facts));
}

function once(faults: readonly LabelFault[]): LabelFault[] {
  return faults.filter((one, i) => faults.findIndex(({ why }) => why === one.why) === i);
}
