import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A record of JSON lines, written as tools do: a line an entry, appended. */
export class LinesFile {
  readonly file: string;
  #time: number;

  constructor(file: string, time = Date.UTC(2026, 0, 2, 10)) {
    this.file = file;
    this.#time = time;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '');
  }

  /** Each a second after the one before, where the entry has no time of its own. */
  add(...entries: object[]): this {
    for (const entry of entries) {
      this.#time += 1000;
      const timestamp = new Date(this.#time).toISOString();
      appendFileSync(this.file, `${JSON.stringify({ timestamp, ...entry })}\n`);
    }
    return this;
  }
}
