import { decidedEdits } from './agentEdits.ts';
import type { Chronicle } from './chronicle.ts';
import type { Method } from './method.ts';

/** What entered the record afterwards, by hand, from records that were given: nobody saw it. */
export interface Reconstructed {
  readonly prompts: number;
  readonly answers: number;
  readonly edits: number;
  /** Characters (code points) of the text that stands whose origin rests on such records. */
  readonly characters: number;
}

/** The rule of what an import explains. */
const rule = 'import.record';

/** Undefined where nothing is. */
export function reconstructedOf(chronicles: readonly Chronicle[], { rules }: Method): Reconstructed | undefined {
  const count = (of: (chronicle: Chronicle) => number) => chronicles.reduce((n, chronicle) => n + of(chronicle), 0);
  const found = {
    prompts: count(({ kept }) => kept.prompt.filter(({ by }) => by === 'import').length),
    answers: count(({ kept }) => kept.answer.filter(({ reconstructed }) => reconstructed).length),
    edits: count(chronicle => decidedEdits(chronicle).filter(({ edit }) => edit.reconstructed).length),
    characters: rules.filter(one => one.rule === rule).reduce((n, { characters }) => n + characters, 0),
  };
  return Object.values(found).some(n => n > 0) ? found : undefined;
}

/** Secrets that were withheld from prompts and answers when they were recorded. */
export function withheldIn(chronicles: readonly Chronicle[]): number {
  let n = 0;
  for (const { kept } of chronicles) {
    for (const { withheld = 0 } of [...kept.prompt, ...kept.answer]) n += withheld;
  }
  return n;
}
