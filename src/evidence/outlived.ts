import type { Folding, ReplayedDocument } from './folding.ts';

/** Files by their paths, as the record has them now: one that is there before one that is not. */
export type FilesNow = (path: string) => ReplayedDocument | undefined;

export function filesNow({ documents }: Pick<Folding, 'documents'>): FilesNow {
  const files = new Map<string, ReplayedDocument>();
  for (const document of documents.values()) {
    const { path, present } = document;
    if (path !== undefined && (present || files.get(path)?.present !== true)) files.set(path, document);
  }
  return path => files.get(path);
}

/**
 * Whether by the record a file has had another text since an event, and what that event put there is not in it, or the file is
 * gone: whoever took it out, it stands there no more. Of a file that the record does not have, of one that it has not looked at
 * since, and where words were taken out of the record, that is not known.
 */
export function isOutlived(
  file: ReplayedDocument | undefined,
  sequence: number,
  stands: (text: string) => boolean,
): boolean {
  if (file === undefined) return false;
  if (!file.present) return true;
  if (file.savedAt <= sequence) return false;
  const text = file.text.toString();
  return !text.includes('▮') && !stands(text);
}
