import { Grams, gram, type Sought } from './grams.ts';

/** A text as it stands: while the version is the same, it is. */
export interface Standing {
  readonly version: number;
  readonly length: number;
  /** UTF-16 units, half-open. */
  readonly text: { slice(from: number, to: number): string };
}

/** How much of a text, from its start and from its end, is what it was. */
interface Unchanged {
  before: number;
  behind: number;
}

/**
 * What is known of a text that changes: whether it may hold another, and its whole, each as of some version and what has
 * changed since, so that only that is read. Mutable.
 */
export class KnownText {
  #version = -1;
  #length = 0;
  #grams: Grams | undefined;
  /** Since its grams were read, and since the whole was. */
  #ofGrams: Unchanged = { before: 0, behind: 0 };
  #ofWhole: Unchanged = { before: 0, behind: 0 };
  #whole: string | undefined;

  /** From this version to that the part between the offsets was replaced, so that the text is longer by so much. */
  changed(version: number, next: number, from: number, to: number, longer: number): void {
    if (version !== this.#version) {
      this.#version = -1;
      return;
    }
    for (const unchanged of [this.#ofGrams, this.#ofWhole]) {
      unchanged.before = Math.min(unchanged.before, from);
      unchanged.behind = Math.min(unchanged.behind, this.#length - to);
    }
    this.#version = next;
    this.#length += longer;
  }

  /** So many versions more, in each of which text was put in behind what the last change put in. */
  wentOn(versions: number, longer: number): void {
    if (this.#version < 0) return;
    this.#version += versions;
    this.#length += longer;
  }

  /** Whether it is known at this version not to hold what is sought. */
  lacks(sought: Sought, version: number): boolean {
    const isRead =
      version === this.#version && this.#ofGrams.behind === this.#length && this.#ofGrams.before === this.#length;
    return isRead && this.#grams?.mayHold(sought) === false;
  }

  /** False: it does not hold what is sought. */
  mayHold(sought: Sought, now: Standing): boolean {
    return this.#read(now).mayHold(sought);
  }

  /** Code units that `whole` keeps. */
  get kept(): number {
    return this.#whole?.length ?? 0;
  }

  whole(now: Standing): string {
    this.#read(now);
    const { before, behind } = this.#ofWhole;
    const old = this.#whole;
    if (old === undefined) this.#whole = now.text.slice(0, now.length);
    else if (before + behind <= now.length)
      this.#whole = old.slice(0, before) + now.text.slice(before, now.length - behind) + old.slice(old.length - behind);
    this.#ofWhole = { before: now.length, behind: now.length };
    return this.#whole!;
  }

  /** The whole is read anew when it is asked for next. */
  forget(): void {
    this.#whole = undefined;
  }

  #read(now: Standing): Grams {
    if (now.version !== this.#version || now.length !== this.#length) {
      this.#version = now.version;
      this.#length = now.length;
      this.#grams = this.#whole = undefined;
    }
    const { length } = now;
    const { before, behind } = this.#ofGrams;
    if (this.#grams === undefined || this.#grams.isFull) {
      this.#grams = new Grams(length);
      this.#grams.add(now.text.slice(0, length));
    } else if (before + behind <= length) {
      // Where something was taken out alone, what is new are the grams that lie across.
      this.#grams.add(now.text.slice(Math.max(0, before - gram + 1), Math.min(length, length - behind + gram - 1)));
    }
    this.#ofGrams = { before: length, behind: length };
    return this.#grams;
  }
}
