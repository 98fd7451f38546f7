import { imprintOfNote } from '../../journal/timeStamps.ts';
import type { Trust } from './chain.ts';
import { newNonce, timeStampRequest } from './request.ts';
import { checkTimeStamp, type TimeStamp } from './timeStamp.ts';

/** A question to a time stamp server about a checkpoint, and the check of its answer. */
export interface Asking {
  /** DER, to be sent. */
  readonly request: Uint8Array;
  /** Throws TimeStampFault unless the answer is good and answers this very question. */
  check(answer: Uint8Array): TimeStamp;
}

/** `certificates`: PEM by which a server's chain may go on where it sends none. */
export function askingFor(note: string, trust: Trust, certificates?: string): Asking {
  return askingOver(imprintOfNote(note), trust, certificates);
}

/** The same about any SHA-256. */
export function askingOver(digest: Uint8Array, trust: Trust, certificates?: string): Asking {
  const nonce = newNonce();
  const question = { digest, nonce, trust, ...(certificates !== undefined && { certificates }) };
  return { request: timeStampRequest(digest, nonce), check: answer => checkTimeStamp(answer, question) };
}
