/** Files and bytes that one folder of a package may hold at most. */
export class Allowance {
  #files: number;
  #bytes: number;

  constructor({ files, bytes }: { readonly files: number; readonly bytes: number }) {
    this.#files = files;
    this.#bytes = bytes;
  }

  /** Whether a file of this length goes in; if so it is counted. */
  takes(length: number): boolean {
    if (this.#files < 1 || length > this.#bytes) return false;
    this.#files--;
    this.#bytes -= length;
    return true;
  }
}
