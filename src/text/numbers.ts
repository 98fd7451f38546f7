/** From so many numbers on, a typed array is cheaper than it costs to make. */
const many = 256;

/**
 * Whole numbers, appended one by one: a plain array for few, as most texts that are compared have, and a typed one
 * where there may be millions. `room`: about how many there will be.
 */
export class Numbers {
  readonly #few: number[] | undefined;
  #many: Int32Array<ArrayBuffer>;
  #count = 0;

  constructor(room: number) {
    this.#few = room < many ? [] : undefined;
    this.#many = room < many ? nothing : new Int32Array(room);
  }

  push(n: number): void {
    if (this.#few !== undefined) {
      this.#few.push(n);
      return;
    }
    if (this.#count === this.#many.length) {
      const more = new Int32Array(this.#count * 2);
      more.set(this.#many);
      this.#many = more;
    }
    this.#many[this.#count++] = n;
  }

  /** All of them; nothing may be appended afterwards. */
  all(): ArrayLike<number> {
    return this.#few ?? this.#many.subarray(0, this.#count);
  }
}

const nothing = new Int32Array(0);
