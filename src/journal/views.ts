/** Bytes to be filled and read from their start on, by views that are made once for each length: hashing asks for many. */
export class Views {
  readonly bytes: Buffer;
  readonly #views: Uint8Array[] = [];

  constructor(length: number) {
    this.bytes = Buffer.alloc(length);
  }

  /** The first `length` bytes; the same view each time. */
  upTo(length: number): Uint8Array {
    const view = this.#views[length];
    if (view !== undefined) return view;
    const made = this.bytes.subarray(0, length);
    // Few lengths recur, and those are small.
    if (length < 1024) this.#views[length] = made;
    return made;
  }
}
