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
  /** By public key, all its tenures; by fingerprint, those that last: a hostile journal may have very many. */
  readonly #byKey = new Map<string, Tenure[]>();
  readonly #lasting = new Map<string, Tenure[]>();

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
    return this.#of(publicKey).at(-1)?.until === undefined && this.everHad(publicKey);
  }

  /** Whether a key was replaced by one that it countersigned: it can never come back. */
  isRetired(publicKey: string): boolean {
    const last = this.#of(publicKey).at(-1);
    return last?.until !== undefined && last.lost !== true;
  }

  /** Whether the journal ever knew a key. */
  everHad(publicKey: string): boolean {
    return this.#byKey.has(publicKey);
  }

  /** Whether a key was in the journal, and not replaced, when it had so many events. */
  mayHaveSigned(publicKey: string, size: number): boolean {
    return this.#of(publicKey).some(tenure => covers(tenure, size));
  }

  /**
   * The key that signed a checkpoint over the first `size` events, if it might; `replaced` where one signed that had been
   * replaced by then.
   */
  signerOf(note: string, size: number): KeyEvent | 'replaced' | undefined {
    for (const [publicKey, tenures] of this.#byKey) {
      if (!verifyCheckpoint(note, publicKey)) continue;
      const good = tenures.find(tenure => covers(tenure, size));
      return good?.event ?? (tenures.some(({ until = size }) => until < size) ? 'replaced' : undefined);
    }
    return undefined;
  }

  /** Whether a key is the one with this fingerprint, or that one countersigned it, by way of any number of others. */
  standsFor(vouched: string, publicKey: string): boolean {
    const standing = new Set<string>();
    for (const { event, fingerprint } of this.#tenures) {
      if (fingerprint === vouched || standing.has(event.counter?.fingerprint ?? '')) standing.add(fingerprint);
    }
    return this.#of(publicKey).some(({ fingerprint }) => standing.has(fingerprint));
  }

  #of(publicKey: string): readonly Tenure[] {
    return this.#byKey.get(publicKey) ?? [];
  }

  /** Gives what is wrong with the event, if anything is. */
  #enter(event: KeyEvent): string | undefined {
    if (!isKeyBody(event) || !verifyKeyBody(this.#journal, event)) return 'the key has not signed for itself';
    const { sequence, publicKey, counter, replaces, lost } = event;
    const of = (fingerprint: string) => this.#lasting.get(fingerprint)?.[0];
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
      for (const tenure of this.#lasting.get(replaces) ?? []) {
        tenure.until = sequence;
        tenure.lost = lost === true;
      }
      this.#lasting.delete(replaces);
    }
    const tenure: Tenure = { event, fingerprint: fingerprintOf(publicKey) };
    this.#tenures.push(tenure);
    grown(this.#byKey, publicKey).push(tenure);
    grown(this.#lasting, tenure.fingerprint).push(tenure);
    return undefined;
  }
}

function grown(map: Map<string, Tenure[]>, key: string): Tenure[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}

/** The event that replaces a key is the first that it may not sign. */
function covers({ event, until = Number.POSITIVE_INFINITY }: Tenure, size: number): boolean {
  return event.sequence < size && size <= until;
}
