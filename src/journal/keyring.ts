import { verifyCheckpoint } from './checkpoint.ts';
import { isKeyBody, type KeyBody, verifyCounter, verifyKeyBody } from './keyEvent.ts';
import { fingerprintOf } from './keys.ts';

export type KeyEvent = KeyBody & { readonly sequence: number };

/** A key, from the event that brought it in until the one that replaced it. */
interface Tenure {
  readonly event: KeyEvent;
  readonly fingerprint: string;
  until?: number;
  /** It was not at hand when another took its place, so it may come back. */
  lost?: boolean;
}

/** A key of a journal as a person is told of it. */
export interface RingKey {
  readonly event: KeyEvent;
  readonly fingerprint: string;
  /** It may sign; another took its place by its own hand; another took its place because it was not at hand. */
  readonly standing: 'active' | 'replaced' | 'lost';
  /** Sequence of the event that replaced it. */
  readonly until?: number;
}

/** One key event that does not hold. */
export interface WrongKey {
  readonly sequence: number;
  /** For experts: technical, English. */
  readonly detail: string;
}

/**
 * The keys of a journal as its events bring them in: which of them may sign at which size, and which vouch for which.
 * A key may sign from its event on, until another replaces it. Events that do not hold are named and have no effect.
 */
export class Keyring {
  readonly wrong: readonly WrongKey[];
  readonly #journal: string;
  readonly #tenures: Tenure[] = [];

  /** `events`: all key events of the journal, in order, of any shape. */
  constructor(journal: string, events: readonly KeyEvent[]) {
    this.#journal = journal;
    this.wrong = events.flatMap(event => {
      const detail = this.#enter(event);
      return detail === undefined ? [] : [{ sequence: event.sequence, detail }];
    });
  }

  /** Keys that may sign now, in the order in which they came. */
  get active(): readonly KeyEvent[] {
    return this.#tenures.filter(({ until }) => until === undefined).map(({ event }) => event);
  }

  /** Every key that entered, in that order, and what became of it. */
  get all(): readonly RingKey[] {
    return this.#tenures.map(({ event, fingerprint, until, lost }) => ({
      event,
      fingerprint,
      standing: until === undefined ? 'active' : lost ? 'lost' : 'replaced',
      ...(until !== undefined && { until }),
    }));
  }

  isActive(publicKey: string): boolean {
    return this.active.some(event => event.publicKey === publicKey);
  }

  /** Whether a key was replaced by one that it countersigned: it can never come back. */
  isRetired(publicKey: string): boolean {
    const last = this.#tenures.findLast(({ event }) => event.publicKey === publicKey);
    return last?.until !== undefined && last.lost !== true;
  }

  /** Whether the journal ever knew a key. */
  everHad(publicKey: string): boolean {
    return this.#tenures.some(({ event }) => event.publicKey === publicKey);
  }

  /** Whether a key was in the journal, and not replaced, when it had so many events. */
  mayHaveSigned(publicKey: string, size: number): boolean {
    return this.#tenures.some(tenure => tenure.event.publicKey === publicKey && covers(tenure, size));
  }

  /**
   * The key that signed a checkpoint over the first `size` events, if it might; `replaced` where one signed that had been
   * replaced by then.
   */
  signerOf(note: string, size: number): KeyEvent | 'replaced' | undefined {
    const signed = this.#tenures.filter(({ event }) => verifyCheckpoint(note, event.publicKey));
    const good = signed.find(tenure => covers(tenure, size));
    if (good !== undefined) return good.event;
    return signed.some(({ until = size }) => until < size) ? 'replaced' : undefined;
  }

  /** Whether a key is the one with this fingerprint, or that one countersigned it, by way of any number of others. */
  standsFor(vouched: string, publicKey: string): boolean {
    return this.#stands(vouched, publicKey, Number.POSITIVE_INFINITY);
  }

  #stands(vouched: string, publicKey: string, before: number): boolean {
    const own = this.#tenures.filter(({ event }) => event.publicKey === publicKey && event.sequence < before);
    if (own.some(({ fingerprint }) => fingerprint === vouched)) return true;
    return own.some(({ event: { counter, sequence } }) => {
      const by = this.#tenures.find(
        tenure => tenure.fingerprint === counter?.fingerprint && tenure.event.sequence < sequence,
      );
      return by !== undefined && this.#stands(vouched, by.event.publicKey, sequence);
    });
  }

  /** Gives what is wrong with the event, if anything is. */
  #enter(event: KeyEvent): string | undefined {
    if (!isKeyBody(event) || !verifyKeyBody(this.#journal, event)) return 'the key has not signed for itself';
    const { sequence, publicKey, counter, replaces, lost } = event;
    const of = (fingerprint: string) =>
      this.#tenures.find(tenure => tenure.fingerprint === fingerprint && tenure.until === undefined);
    if (counter !== undefined) {
      const by = of(counter.fingerprint);
      if (by === undefined) return 'the key that countersigned is none of the journal at this place';
      if (!verifyCounter(this.#journal, event, by.event.publicKey)) return 'the countersignature does not fit';
    }
    if (this.isRetired(publicKey)) return 'the key had been replaced by one that it countersigned';
    if (replaces === undefined) {
      if (lost) return 'it names no key that was lost';
    } else {
      const replaced = of(replaces);
      if (replaced === undefined || replaced.event.publicKey === publicKey)
        return 'the key that it replaces is none of the journal at this place';
      if ((counter?.fingerprint === replaces) === (lost === true))
        return 'the key that it replaces must countersign, or be lost';
      for (const tenure of this.#tenures) {
        if (tenure.fingerprint !== replaces || tenure.until !== undefined) continue;
        tenure.until = sequence;
        tenure.lost = lost === true;
      }
    }
    this.#tenures.push({ event, fingerprint: fingerprintOf(publicKey) });
    return undefined;
  }
}

/** The event that replaces a key is the first that it may not sign. */
function covers({ event, until = Number.POSITIVE_INFINITY }: Tenure, size: number): boolean {
  return event.sequence < size && size <= until;
}
