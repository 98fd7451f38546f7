/** Code units of a text that are kept. */
const longest = 160;
/** Texts that are kept; of later ones it is not known how they begin. */
const most = 20_000;

/** How texts begin that somebody else than a person put in, by the serial of their first character. Append-only; mutable. */
export class Beginnings {
  readonly #texts = new Map<number, string>();

  add(text: string, serial: number): void {
    if (text === '' || this.#texts.size >= most) return;
    this.#texts.set(serial, text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text.toWellFormed());
  }

  /** Undefined where it is not kept, or no text was put in with this serial first. */
  at(serial: number): string | undefined {
    return this.#texts.get(serial);
  }
}
