import type { TextDocument } from 'vscode';
import type { Disposable } from './host/lifecycle.ts';
import type { Origins } from './provenance/origins.ts';
import type { Provenance } from './provenance/provenance.ts';
import { TallySum, tally } from './provenance/tally.ts';
import type { Figures } from './ui/line.ts';
import { offsetOf } from './ui/offsets.ts';
import { TextSlices } from './ui/textSlices.ts';
import { Turns } from './ui/turns.ts';

/** What is counted: the spans as they are when they are asked for. */
export interface Counted {
  readonly tracker: { readonly provenance: Provenance | undefined; readonly rested: () => Promise<void> };
  readonly recorder: { readonly origins: Origins };
}

/** Counts one document at a time, a few milliseconds a turn: a long one takes tenths of a second. */
export class FigureCount implements Disposable {
  readonly #turns = new Turns();
  #drop: (() => void) | undefined;
  #asked = 0;

  /**
   * Counted when all that was seen of the text is understood. `outdated`: the text changed meanwhile, or another was
   * asked for, however soon that is ready. Undefined: its spans do not fit its text now.
   */
  async of(document: TextDocument, counted: Counted): Promise<Figures | 'outdated' | undefined> {
    this.#stop();
    const asked = this.#asked;
    await counted.tracker.rested();
    return asked === this.#asked ? this.#count(document, counted) : 'outdated';
  }

  #count(document: TextDocument, { tracker, recorder }: Counted): Promise<Figures | 'outdated' | undefined> {
    const { version, lineCount } = document;
    const length = offsetOf(document, document.lineAt(lineCount - 1).range.end);
    if (tracker.provenance?.length !== length) return Promise.resolve(undefined);
    const slices = new TextSlices({ lineCount, lineAt: line => document.lineAt(line).text });
    const sum = new TallySum();
    const current = () => (document.version === version && tracker.provenance?.length === length ? tracker : undefined);
    const step = (): boolean => {
      const provenance = current()?.provenance;
      const slice = provenance && slices.next();
      if (!provenance || !slice) return false;
      const { from, text } = slice;
      sum.addAll(tally(text, recorder.origins.walk(provenance.slice(from, from + text.length))));
      return true;
    };
    return new Promise((resolve, reject) => {
      this.#drop = () => resolve('outdated');
      const safely = () => {
        try {
          return step();
        } catch (error) {
          reject(error);
          return false;
        }
      };
      this.#turns.begin(safely, () => resolve(current() ? { tally: sum.tally() } : 'outdated'));
    });
  }

  dispose(): void {
    this.#stop();
  }

  #stop(): void {
    this.#asked++;
    this.#drop?.();
    this.#turns.stop();
  }
}
