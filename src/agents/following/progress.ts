/** Bytes of a record's name that are kept; of a longer one it is not known which it was. */
const longest = 16_384;
const [steps, length, waits] = [0, 1, 2];
/** Beats that count as steps while a record is read without one: reading from a slow drive takes its time. */
const patient = 1800;
const head = 3 * Int32Array.BYTES_PER_ELEMENT;

/**
 * Which record a thread is reading, in memory that outlives the thread: where it ends, or goes on no more, whoever started
 * it learns at what. One thread writes, another looks.
 */
export class Progress {
  readonly memory: SharedArrayBuffer;
  readonly #numbers: Int32Array;
  readonly #name: Uint8Array;
  #beats = 0;

  constructor(memory = new SharedArrayBuffer(head + longest)) {
    this.memory = memory;
    this.#numbers = new Int32Array(memory, 0, head / Int32Array.BYTES_PER_ELEMENT);
    this.#name = new Uint8Array(memory, head);
  }

  /** A record is read from now on; `step` says that it goes on, `rest` that it is done. */
  begin(record: string): void {
    const bytes = new TextEncoder().encode(record);
    const known = bytes.length <= longest;
    Atomics.store(this.#numbers, length, 0);
    if (known) this.#name.set(bytes);
    this.step();
    if (known) Atomics.store(this.#numbers, length, bytes.length);
  }

  step(): void {
    this.#beats = 0;
    Atomics.add(this.#numbers, steps, 1);
  }

  /** The thread is not stuck: to be said now and then. What it waits for may still never come. */
  beat(): void {
    if (this.#beats++ < patient) Atomics.add(this.#numbers, steps, 1);
  }

  rest(): void {
    Atomics.store(this.#numbers, length, 0);
    this.step();
  }

  /** What is waited for is another's to do. */
  async waiting<T>(act: Promise<T>): Promise<T> {
    Atomics.store(this.#numbers, waits, 1);
    try {
      return await act;
    } finally {
      Atomics.store(this.#numbers, waits, 0);
      this.step();
    }
  }

  /** The record that is being read; undefined: none. */
  get record(): string | undefined {
    const size = Atomics.load(this.#numbers, length);
    return size === 0 ? undefined : new TextDecoder().decode(this.#name.slice(0, size));
  }

  /** Where the reading stands: another number, another step. Undefined: nothing is being read, or it waits for another. */
  get standing(): number | undefined {
    const idle = this.record === undefined || Atomics.load(this.#numbers, waits) === 1;
    return idle ? undefined : Atomics.load(this.#numbers, steps);
  }
}
