/** Texts by digest, the newest kept: at most `room` characters in all. */
export class TextCache {
  readonly #room: number;
  readonly #texts = new Map<string, string>();
  #held = 0;

  constructor(room = 8_000_000) {
    this.#room = room;
  }

  get(digest: string): string | undefined {
    return this.#texts.get(digest);
  }

  put(digest: string, text: string): void {
    if (text.length > this.#room || this.#texts.has(digest)) return;
    this.#texts.set(digest, text);
    this.#held += text.length;
    for (const [oldest, { length }] of this.#texts) {
      if (this.#held <= this.#room) return;
      this.#texts.delete(oldest);
      this.#held -= length;
    }
  }
}
