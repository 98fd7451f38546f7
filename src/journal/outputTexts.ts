import { align } from '../text/diff.ts';
import { counts } from '../text/moves.ts';
import { bareOf } from './bareText.ts';
import type { EventBody, JournalEvent } from './event.ts';

/** Units of one output that are looked at; what is behind them is not found. */
const most = 1_000_000;

/** An event that has an AI's output: what it answered, or what it wrote into a file or offered to. */
export type OutputEvent = Extract<JournalEvent, { kind: 'answer' | 'agentEdit' }>;

/** The output as `bareOf` has it, a text a run that says enough to be found again. */
export function outputTexts(event: OutputEvent): string[] {
  return writtenBy(event)
    .map(text => bareOf(text).text)
    .filter(counts);
}

/** When it was given, ms since 1970 UTC, as the tool's record says. */
export function outputTime(event: OutputEvent): number {
  return event.kind === 'answer' ? event.answered : event.made;
}

/**
 * The output, a text a run: of an edit what it put in and nothing of what it found there. An edit of which only the text
 * after is known has none: what of it is the tool's cannot be told.
 */
export function writtenBy(event: OutputEvent): string[] {
  const { texts = [] } = event;
  if (event.kind === 'answer') return texts.slice(0, 1).map(text => text.slice(0, most));
  return [...brought(event, texts)];
}

function* brought({ gives, brings }: Extract<EventBody, { kind: 'agentEdit' }>, texts: readonly string[]) {
  const [first = '', second = ''] = texts;
  let left = most;
  const cut = (text: string) => {
    const some = text.slice(0, left);
    left -= some.length;
    return some;
  };
  if (gives === 'after' || gives === 'both') for (const [from, to] of brings ?? []) yield cut(first.slice(from, to));
  if (gives !== 'replaced') return;
  for (const { insert } of align(first.slice(0, most), second.slice(0, most))) yield cut(insert);
}
