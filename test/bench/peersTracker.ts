import { SpanTree } from '../../src/provenance/spanTree.ts';

/**
 * Our spans behind the face that the bench of the peers gives all trackers. Every character has a serial
 * of its own, which is more than the bench asks for; whose it is stands in a table of serial ranges, as in
 * the product, here in its barest form.
 */
export default class {
  readonly #spans: SpanTree;
  readonly #starts: number[] = [0];
  readonly #origins: number[] = [0];
  #last = 0;
  #serial: number;

  constructor(text: string) {
    this.#spans = new SpanTree([{ length: text.length, serial: 0 }]);
    this.#serial = text.length;
  }

  edit(at: number, removed: number, { length }: string, origin: number): void {
    if (length === 0) {
      this.#spans.replace(at, at + removed, []);
      return;
    }
    if (origin !== this.#last) {
      this.#last = origin;
      this.#starts.push(this.#serial);
      this.#origins.push(origin);
    }
    this.#spans.replace(at, at + removed, [{ length, serial: this.#serial }]);
    this.#serial += length;
  }

  /** Length and origin of every span; 0: there from the start. */
  runs(): [number, number][] {
    const out: [number, number][] = [];
    for (const { length, serial } of this.#spans.spans()) {
      for (let from = serial; from < serial + length; ) {
        const range = this.#starts.findLastIndex(start => start <= from);
        const until = Math.min(serial + length, this.#starts[range + 1] ?? Infinity);
        out.push([until - from, this.#origins[range]!]);
        from = until;
      }
    }
    return out;
  }
}
