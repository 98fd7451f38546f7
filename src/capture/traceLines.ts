import type { TraceEvent } from './trace.ts';

interface Slot {
  line: TraceEvent | undefined;
  /** Its line is still to be found. */
  open: boolean;
  /** The document that the line opens. */
  readonly opens: number | undefined;
}

/** A place in the order of lines whose line is still to be found. The first answer counts. */
export interface Place {
  readonly fill: (line: TraceEvent) => void;
  readonly drop: () => void;
}

/**
 * Lines of a trace in the order in which their events came, though some are known only later: whatever comes after
 * one waits for it. Of a document that was never opened by a line none is written. Mutable.
 */
export class TraceLines {
  readonly #write: (line: TraceEvent) => void;
  readonly #slots: Slot[] = [];
  readonly #left = new Set<number>();

  constructor(write: (line: TraceEvent) => void) {
    this.#write = write;
  }

  add(line: TraceEvent): void {
    this.#slots.push({ line, open: false, opens: undefined });
    this.#release();
  }

  /** `opens`: the document that the line will open, if it is not dropped. */
  later(opens?: number): Place {
    const slot: Slot = { line: undefined, open: true, opens };
    this.#slots.push(slot);
    const end = (line: TraceEvent | undefined) => {
      if (!slot.open) return;
      slot.line = line;
      slot.open = false;
      this.#release();
    };
    return { fill: end, drop: () => end(undefined) };
  }

  /** What has not been found by now never will be. */
  end(): void {
    for (const slot of this.#slots) slot.open = false;
    this.#release();
  }

  #release(): void {
    while (this.#slots[0]?.open === false) {
      const { line, opens } = this.#slots.shift()!;
      if (line === undefined && opens !== undefined) this.#left.add(opens);
      if (line && !this.#isLeft(line)) this.#write(line);
    }
  }

  #isLeft(line: TraceEvent): boolean {
    return 'document' in line && line.document !== undefined && this.#left.has(line.document);
  }
}
