import type { Acting } from './acting.ts';
import type { DocumentState } from './documentState.ts';
import type { FileText } from './fileText.ts';
import { hasBlanks, masked } from './masked.ts';
import { plainTextDigest } from './parts.ts';
import type { Replay } from './replay.ts';

/** A file, or everything in a folder, has another path now. */
export function renamedPath({ turn, session, stamp }: Acting, from: string, to: string): undefined {
  for (const document of below(turn.replay.documents.values(), from)) {
    const path = to + document.path.slice(from.length);
    turn.push(session, stamp, { kind: 'renamed', document: document.document, from: document.path, path });
  }
}

/** A file, or everything in a folder, is gone. */
export function deletedPath({ turn, session, stamp }: Acting, path: string): undefined {
  for (const document of below(turn.replay.documents.values(), path)) {
    turn.push(session, stamp, { kind: 'deleted', document: document.document, path: document.path });
  }
}

/** Shorter texts are alike by chance. */
const shortest = 24;

/**
 * A file stands where the journal knows none: if it holds what exactly one document held whose own file is gone,
 * and which no editor has open, then that document was moved here, and is told so. Else undefined.
 */
export function movedHere(acting: Acting, path: string, { text }: FileText): DocumentState | undefined {
  if (text.trim().length < shortest) return undefined;
  const { turn, session, stamp, has } = acting;
  const digest = plainTextDigest(text);
  const open = new Set([...turn.replay.trackers].map(tracker => tracker.document));
  const gone = [...turn.replay.documents.values()].filter(
    document =>
      document.present &&
      document.path !== undefined &&
      !open.has(document) &&
      (document.textDigest === digest || isMasked(turn.replay, document, text)) &&
      !has(document.path),
  );
  const [document] = gone;
  if (document?.path === undefined || gone.length > 1) return undefined;
  turn.push(session, stamp, { kind: 'renamed', document: document.document, from: document.path, path });
  return document;
}

/** Whether a text is the document's but for words that were taken out of the record. */
function isMasked(replay: Replay, { content }: DocumentState, text: string): boolean {
  return hasBlanks(replay, content) && content.text.equals(masked(replay, content, text));
}

function below(documents: Iterable<DocumentState>, path: string): (DocumentState & { path: string })[] {
  return [...documents].filter(
    (document): document is DocumentState & { path: string } =>
      document.present && (document.path === path || document.path?.startsWith(`${path}/`) === true),
  );
}
