/**
 * Numbers of a column as it is written, as many as there are. Mutable. All columns are of one kind for the engine, whatever
 * their numbers: a list of small ones and one of large ones are not.
 */
export class Numbers {
  static of(values: Iterable<number>): Numbers {
    const numbers = new Numbers();
    for (const value of values) numbers.push(value);
    return numbers;
  }

  /** The first `length` of these are its numbers. */
  values = new Float64Array(64);
  length = 0;

  push(value: number): void {
    if (this.length === this.values.length) this.#reserve(1);
    this.values[this.length++] = value;
  }

  /** The same number so many times. */
  repeat(value: number, count: number): void {
    this.#reserve(count);
    this.values.fill(value, this.length, this.length + count);
    this.length += count;
  }

  /** Those of others from one up to another. */
  copy(others: Float64Array, from: number, until: number): void {
    this.#reserve(until - from);
    this.values.set(others.subarray(from, until), this.length);
    this.length += until - from;
  }

  #reserve(count: number): void {
    const { values, length } = this;
    if (length + count <= values.length) return;
    this.values = new Float64Array(Math.max(values.length * 2, length + count));
    this.values.set(values);
  }
}
