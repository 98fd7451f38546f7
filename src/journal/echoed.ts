import type { Origin } from '../provenance/origin.ts';
import type { Span } from '../provenance/span.ts';
import { type Subscription, subscribe } from './subscription.ts';

/** What the window is told: these characters are of another origin, or repeat an AI's output. `act`: a sequence. */
export type Echoed =
  | { readonly kind: 'resolved'; readonly ranges: readonly Span[]; readonly origin: Origin; readonly act: number }
  | Repeat;

/** Typed characters that say what an AI had given before: see the event `repeats`. */
export interface Repeat {
  readonly kind: 'repeats';
  readonly ranges: readonly Span[];
  readonly of: string;
  readonly prompt?: string;
}

/** What a window has heard of text that an AI gave and that came another way. Mutable. */
export class HeardEchoes {
  readonly #listeners = new Set<(found: Echoed) => void>();
  readonly #repeats: Repeat[] = [];

  /** Adds what was found before. */
  with(repeats: readonly Repeat[]): this {
    this.#repeats.push(...repeats);
    return this;
  }

  heard(found: Echoed): void {
    if (found.kind === 'repeats') this.#repeats.push(found);
    for (const listener of this.#listeners) listener(found);
  }

  onFound(listener: (found: Echoed) => void): Subscription {
    return subscribe(this.#listeners, listener);
  }

  /** What the typed character of this serial repeats. */
  of(serial: number): Repeat | undefined {
    return this.#repeats.find(({ ranges }) => ranges.some(of => of.serial <= serial && serial < of.serial + of.length));
  }
}
