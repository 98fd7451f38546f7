import type { Origin } from '../provenance/origin.ts';
import type { Change } from '../text/change.ts';
import type { Copied } from './pending.ts';
import type { Refined } from './refine.ts';

const between: Origin = { kind: 'tool.editor', basis: 'inferred', rule: 'notebook.join' };

/** Whether a change puts this text, with a line end before or after it, where there was nothing. */
export function joins({ from, to, insert }: Change, text: string): boolean {
  return from === to && (insert === `\n${text}` || insert === `${text}\n`);
}

/** A change that `joins` a cell's text: that text is known, the line end the editor's. */
export function joined(change: Change, { text, spans }: Copied): Refined {
  const end = { length: 1 };
  const runs = change.insert === `\n${text}` ? [end, ...spans] : [...spans, end];
  return { ...change, runs, parts: [{ length: 1, origin: between }] };
}
