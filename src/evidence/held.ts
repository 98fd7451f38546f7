import { originOf, parseCheckpoint } from '../journal/checkpoint.ts';
import { toHex } from '../journal/digest.ts';
import { Fault } from '../journal/fault.ts';
import { sealLinesIn } from '../journal/sealLine.ts';
import { noteOfProof } from '../journal/tlogProof.ts';
import type { PackagedJournal } from './packagedJournal.ts';
import type { Verification, Wrong } from './verification.ts';

/** A head of a journal that the person who checks has from elsewhere. */
export interface Held {
  readonly origin: string;
  readonly size: number;
  /** Hexadecimal. */
  readonly root: string;
  /** The signed note; absent where the head came as a seal line, which nobody signs. */
  readonly note?: string;
}

/**
 * The heads that a text states: a signed note, the note in a proof, or the seal lines in whatever stands around them.
 * Else what it is: nothing of that, or a seal line that was damaged on its way.
 */
export function heldIn(text: string): readonly Held[] | 'sinceMalformed' | 'sinceDamaged' {
  const note = noteIn(text.trimStart().startsWith('c2sp.org/') ? (noteOfProof(text) ?? text) : text);
  if (note !== undefined) return [note];
  const { lines, damaged } = sealLinesIn(text);
  if (lines.length === 0) return damaged ? 'sinceDamaged' : 'sinceMalformed';
  return lines.map(({ journal, size, root }) => ({ origin: originOf(journal), size, root: toHex(root) }));
}

/** Sizes at which a text states heads. */
export function heldSizes(text: string): readonly number[] {
  const held = heldIn(text);
  return typeof held === 'string' ? [] : held.map(({ size }) => size);
}

/** What of a journal is needed to say whether it begins as a head says. */
export type KnownJournal = Pick<PackagedJournal, 'id' | 'size' | 'keys' | 'roots'>;

/** Whether what the person who checks holds is the beginning of this journal. Of several heads all must be; the largest is named. */
export function anchorIn(text: string, journal: KnownJournal): Exclude<Verification['anchoredTo'], null> | Wrong {
  const held = heldIn(text);
  if (typeof held === 'string') return { member: '', what: held };
  const own = held.filter(({ origin }) => origin === originOf(journal.id));
  if (own.length === 0) return { member: '', what: 'sinceOther', detail: held[0]!.origin };
  for (const one of own) {
    const wrong = wrongIn(one, journal);
    if (wrong !== undefined) return wrong;
  }
  const { size, root } = own.reduce((a, b) => (b.size > a.size ? b : a));
  return { journal: journal.id, size, root };
}

function wrongIn({ size, root, note }: Held, journal: KnownJournal): Wrong | undefined {
  if (size > journal.size) return { member: '', what: 'sinceLater', detail: `${size} > ${journal.size}` };
  if (journal.roots.get(size) !== root) return { member: '', what: 'sinceRoot', detail: `size ${size}` };
  const signer = note === undefined ? undefined : journal.keys.signerOf(note, size);
  return note === undefined || typeof signer === 'object' ? undefined : { member: '', what: 'sinceSignature' };
}

function noteIn(text: string): Held | undefined {
  try {
    const { origin, size, root } = parseCheckpoint(text);
    return { origin, size, root: toHex(root), note: text };
  } catch (fault) {
    if (fault instanceof Fault) return undefined;
    throw fault;
  }
}
