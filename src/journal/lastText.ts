import type { DocumentState, TrackerState } from './documentState.ts';
import type { Replay } from './replay.ts';

/** The text last recorded: what an editor has not saved yet, if one is at work on it, else the file's. */
export function lastOf(replay: Replay, document: DocumentState): TrackerState | DocumentState {
  const open = [...replay.trackers].filter(tracker => tracker.document === document && tracker.cell === undefined);
  const unsaved = open.filter(tracker => tracker.unsaved && tracker.text !== document.text);
  return unsaved.sort((a, b) => a.session - b.session || a.tracker - b.tracker).at(-1) ?? document;
}
