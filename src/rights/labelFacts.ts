import type { DigitalSource, LabelLevel } from '../journal/labelEvent.ts';

/** An AI tool of which text stands in a file. */
export interface LabelTool {
  /** As its maker writes it. */
  readonly name: string;
  /** `vendor/model`, as its record names it. */
  readonly model?: string;
}

/** What the record knows of a file's text as it stands, any label of ours aside. Characters are code points. */
export interface LabelFacts {
  readonly machine: number;
  readonly human: number;
  /** Of nobody's known hand: from outside, there before, unknown. */
  readonly open: number;
  /** Sentences or lines, of which so many were first written by an AI; see `evidence/passages.ts`. */
  readonly passages: number;
  readonly machinePassages: number;
  /** Whose text stands there, sorted. */
  readonly tools: readonly LabelTool[];
  /** Of `machine`, characters of which the record names no tool. */
  readonly unnamed: number;
}

/** Each says more of AI than the one before. */
export const labelLevels: readonly LabelLevel[] = ['edited', 'parts', 'generated'];

/** The least that a label must say so that it does not speak against the record; undefined: there is no AI text. */
export function leastLevel({ machine, human, open, machinePassages }: LabelFacts): LabelLevel | undefined {
  if (machine === 0) return undefined;
  if (human + open === 0) return 'generated';
  return machinePassages > 0 ? 'parts' : 'edited';
}

/** What is proposed: text of which every passage began as an AI's is called generated, however it was revised. */
export function proposedLevel(facts: LabelFacts): LabelLevel | undefined {
  const least = leastLevel(facts);
  return least === 'parts' && facts.machinePassages === facts.passages ? 'generated' : least;
}

/** Whether a label of this level says less of AI than the record has. */
export function saysTooLittle(level: LabelLevel, facts: LabelFacts): boolean {
  const least = leastLevel(facts);
  return least !== undefined && labelLevels.indexOf(level) < labelLevels.indexOf(least);
}

/** The term of IPTC's digital source types for the whole file. */
export function sourceOf(level: LabelLevel, { human, open }: LabelFacts): DigitalSource {
  switch (level) {
    case 'edited':
      return 'compositeWithTrainedAlgorithmicMedia';
    case 'parts':
      return 'compositeSynthetic';
    case 'generated':
      return human + open === 0 ? 'trainedAlgorithmicMedia' : 'compositeSynthetic';
  }
}

/** Base of the vocabulary's addresses. https://cv.iptc.org/newscodes/digitalsourcetype/ */
export const sourceBase = 'http://cv.iptc.org/newscodes/digitalsourcetype/';
