import type { EventBody } from './event.ts';
import { encodeFile, fileDigest } from './files.ts';
import { plainTextDigest } from './parts.ts';
import type { Replay } from './replay.ts';

type Saved = Extract<EventBody, { kind: 'saved' }>;

/**
 * A save with the digests of what was saved. The editor's thread leaves them empty: it holds the same text as
 * the replay does here, and hashing is not for that thread. `fileDigest` stays empty where the encoding is one
 * that this program cannot write.
 */
export function withDigests(body: Saved, session: number, replay: Replay): Saved {
  const text = replay.tracker(session, body.tracker)?.text;
  if (body.textDigest !== '' || text === undefined) return body;
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
