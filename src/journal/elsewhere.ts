import type { Content } from './content.ts';
import type { DocumentState, TrackerState } from './documentState.ts';
import type { Replay } from './replay.ts';

/**
 * The document's text as its file had it last, or as another window holds it, where it is the text `after` of a step
 * on `content`. A window hears of another's save by reading the file again, often before the other has said that it
 * saved: what was typed there stays what it is. A notebook's other cells are other texts.
 */
export function elsewhere(
  { trackers }: Replay,
  document: DocumentState,
  content: Content,
  after: string,
): Content | undefined {
  const own = document.content;
  if (own !== content && own.text.equals(after)) return own;
  const cell = cellOf(trackers, content);
  for (const other of trackers) {
    if (other.document !== document || other.content === content || other.cell !== cell) continue;
    if (other.content.text.equals(after)) return other.content;
  }
  return undefined;
}

/** The cell of a notebook that a tracker with this text works on, if it is one. */
export function cellOf(trackers: Iterable<TrackerState>, content: Content): string | undefined {
  for (const tracker of trackers) if (tracker.content === content) return tracker.cell;
  return undefined;
}
