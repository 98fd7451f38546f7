import type { Acting } from './acts.ts';
import type { DocumentState } from './documentState.ts';

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

function below(documents: Iterable<DocumentState>, path: string): (DocumentState & { path: string })[] {
  return [...documents].filter(
    (document): document is DocumentState & { path: string } =>
      document.present && (document.path === path || document.path?.startsWith(`${path}/`) === true),
  );
}
