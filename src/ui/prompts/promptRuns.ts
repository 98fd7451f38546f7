import type { MarkedSpan } from '../line.ts';

/** Where text stands that a prompt led to: `spans` from the text's start, in order; runs that meet are one. */
export function promptRuns(spans: readonly MarkedSpan[], prompt: string): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  let at = 0;
  for (const { length, origin } of spans) {
    const last = runs.at(-1);
    if (origin.prompt === prompt && last?.to === at) last.to += length;
    else if (origin.prompt === prompt) runs.push({ from: at, to: at + length });
    at += length;
  }
  return runs;
}
