import { parseCheckpoint } from '../../journal/checkpoint.ts';
import { toHex } from '../../journal/digest.ts';
import type { JournalReader } from '../../journal/reader.ts';
import { imprintOfNote, type KeptToken } from '../../journal/timeStamps.ts';
import type { Moment } from '../moment.ts';
import { certificatesIn, isChain, pemOf } from './certificates.ts';
import type { Trust } from './chain.ts';
import { TimeStampFault, type TimeStampFaultCode } from './fault.ts';
import { checkTimeStamp, imprintOf, type TimeStamp } from './timeStamp.ts';
import type { PlacedTimeStamp } from './verified.ts';

/** A server's answer over a checkpoint, with what was kept to check it later. */
export interface KeptTimeStamp {
  /** The checkpoint's note. */
  readonly note: string;
  /** DER, as it came. */
  readonly answer: Uint8Array;
  /** PEM, the signer's first; '' where an answer had none. */
  readonly certificates: string;
  /** When the checkpoint's last event happened as the author's clock said; absent where the events are not at hand. */
  readonly recorded?: (() => Moment | undefined) | undefined;
}

/** A time stamp that was found good, with the checkpoint that it is over. */
export interface FoundTimeStamp extends TimeStamp {
  /** Events that the checkpoint covers. */
  readonly size: number;
}

/** What is wrong with a token. */
export interface TokenFault {
  readonly code: TimeStampFaultCode;
  readonly detail: string;
}

/** Checks what was kept: the answer, and that its certificates are a chain and nothing else. */
export function checkKept({ note, ...kept }: KeptTimeStamp, trust: Trust): FoundTimeStamp | TokenFault {
  return orFault(() => {
    const found = demandKept(imprintOfNote(note), kept, trust);
    return { ...found, size: parseCheckpoint(note).size };
  });
}

/** The same of one that is over a seal. `digest`: SHA-256 of the seal, which covers `size` events. */
export function checkOverSeal(
  { digest, size }: SealedState,
  kept: Pick<KeptTimeStamp, 'answer' | 'certificates'>,
  trust: Trust,
): FoundTimeStamp | TokenFault {
  return orFault(() => ({ ...demandKept(digest, kept, trust), size }));
}

/** A seal: SHA-256 of its bytes, and how many events it covers. */
export interface SealedState {
  readonly digest: Uint8Array;
  readonly size: number;
}

function demandKept(
  digest: Uint8Array,
  { answer, certificates }: Pick<KeptTimeStamp, 'answer' | 'certificates'>,
  trust: Trust,
): TimeStamp {
  const question = { digest, trust };
  // An answer without certificates was kept without.
  const found = checkTimeStamp(answer, certificates === '' ? question : { ...question, certificates });
  demandKeptChain(found, certificates);
  return found;
}

/** A token that the person who checks holds: over which of the notes it is, and whether it is good. */
export function checkHeld(
  token: Uint8Array,
  notes: Iterable<string>,
  trust: Trust,
): (FoundTimeStamp & { readonly note: string }) | TokenFault {
  return orFault(() => {
    const imprint = toHex(imprintOf(token) ?? new Uint8Array(0));
    const note = [...notes].find(one => toHex(imprintOfNote(one)) === imprint);
    if (note === undefined) throw new TimeStampFault('tokenImprint');
    const found = checkTimeStamp(token, { digest: imprintOfNote(note), trust });
    return { ...found, size: parseCheckpoint(note).size, note };
  });
}

/** When the last of so many events happened, as the author's clock said. */
export type RecordedAt = (size: number) => Moment | undefined;

/** The clock of a journal that is open. */
export function recordedIn(reader: Pick<JournalReader, 'events'>): RecordedAt {
  return size => {
    const [last] = reader.events(size - 1, size);
    return last;
  };
}

/** Those of a journal's tokens that are over these notes, each with its note; in the order of the notes. */
export function keptTimeStamps(
  tokens: readonly KeptToken[],
  notes: readonly string[],
  recordedAt?: RecordedAt,
): KeptTimeStamp[] {
  return notes.flatMap(note => {
    const imprint = imprintOfNote(note);
    const own = tokens.filter(token => Buffer.compare(token.imprint, imprint) === 0);
    return own.map(({ size, answer, certificates }) => {
      return { note, answer, certificates, recorded: recordedAt && (() => recordedAt(size)) };
    });
  });
}

/** All of a journal's tokens, each with the note that its row says it is over, if that is one of the checkpoints. */
export function placedTimeStamps(tokens: readonly KeptToken[], notes: readonly string[]): PlacedTimeStamp[] {
  const known = new Map(notes.map(note => [toHex(imprintOfNote(note)), note]));
  return tokens.map(({ size, imprint, server, answer, certificates }) => {
    const note = known.get(toHex(imprint));
    const fits = note !== undefined && parseCheckpoint(note).size === size;
    return { note: fits ? note : undefined, answer, certificates, member: '', place: `checkpoint ${size}, ${server}` };
  });
}

/** Whether bytes begin as a token or an answer do: a DER sequence of some length, as no text in UTF-8 begins. */
export function isToken(bytes: Uint8Array): boolean {
  return bytes[0] === 0x30 && (bytes[1] === 0x82 || bytes[1] === 0x83);
}

function demandKeptChain({ standing, certificates: own }: TimeStamp, kept: string): void {
  if (standing === 'elsewhere') {
    if (own !== kept) throw new TimeStampFault('tokenCertificate', 'kept');
    return;
  }
  const chain = certificatesIn(kept);
  const first = certificatesIn(own)[0]!;
  if (pemOf(chain) !== kept || !isChain(chain) || pemOf([first]) !== pemOf(chain.slice(0, 1)))
    throw new TimeStampFault('tokenCertificate', 'kept');
}

function orFault<T>(check: () => T): T | TokenFault {
  try {
    return check();
  } catch (error) {
    if (error instanceof TimeStampFault) return { code: error.code, detail: error.detail };
    throw error;
  }
}
