import type { EventBody } from './event.ts';
import { encodeFile, fileDigest } from './files.ts';
import { hasBlanks } from './masked.ts';
import { plainTextDigest } from './parts.ts';
import type { Replay } from './replay.ts';

type Saved = Extract<EventBody, { kind: 'saved' }>;

/**
 * A save with the digests of what was saved. The editor's thread leaves them empty: it holds the same text as
 * the replay does here, and hashing is not for that thread. `fileDigest` stays empty where the encoding is one
 * that this program cannot write.
 */
export function withDigests(body: Saved, session: number, replay: Replay): Saved {
  const tracker = replay.tracker(session, body.tracker);
  // Of a text with blanks it is not known here what the file holds.
  if (body.textDigest !== '' || tracker === undefined || hasBlanks(replay, tracker.content)) return body;
  const { text } = tracker;
  return { ...body, textDigest: plainTextDigest(text), fileDigest: bytesDigest(text, body) };
}

function bytesDigest(text: string, { format }: Saved): string {
  try {
    return fileDigest(encodeFile(text, format));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return '';
  }
}
