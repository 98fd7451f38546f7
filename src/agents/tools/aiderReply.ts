import { basename } from 'node:path';
import { type Asked, askedIn } from './aiderAsked.ts';

/** One reply of a model, and which of the changes it asks for were made. */
export class Reply {
  readonly lines: string[] = [];
  size = 0;
  /** aider has said something after it: the next line of a model begins another. */
  whole = false;
  /** Lines of which the words were given. */
  #given = 0;
  #asked: readonly Asked[] | undefined;
  readonly #done = new Set<Asked>();
  readonly #files = new Set<string>();

  add(line: string): void {
    this.lines.push(line);
    this.size += line.length + 1;
    this.#asked = undefined;
  }

  /** The changes of a file, when they were made; the file is named once, or once for each. Undefined: there are none. */
  take(file: string, format = 'whole'): readonly Asked[] | undefined {
    if (this.#files.has(file)) return [];
    // A listing is the file itself only where the model was told to give whole files.
    const all = this.#all().filter(({ whole }) => whole === undefined || format.includes('whole'));
    const named = all.filter(asked => asked.file === file);
    const own = named.length > 0 ? named : all.filter(asked => basename(asked.file) === basename(file));
    const blocks = own.filter(asked => asked.whole === undefined);
    const done = blocks.length > 0 ? blocks : own.slice(-1);
    if (done.length === 0) return undefined;
    this.#files.add(file);
    for (const asked of done) this.#done.add(asked);
    return done;
  }

  /** Some blocks failed and were told again; the others were made, if their number is the one that was told. */
  takeOthers(told: string): readonly Asked[] {
    const made = /^# The other (\d+) SEARCH\/REPLACE/m.exec(told)?.[1];
    if (made === undefined) return [];
    const failed = new Set(askedIn(told.split('\n')).map(({ replaced }) => JSON.stringify(replaced)));
    const done = this.#all().filter(
      ({ whole, replaced }) => whole === undefined && !failed.has(JSON.stringify(replaced)),
    );
    if (done.length !== Number(made)) return [];
    for (const asked of done) this.#done.add(asked);
    return done;
  }

  /** What the reply says beside the changes that were made, once. */
  words(): string {
    const gone = new Set<number>();
    for (const { from, to } of this.#done) for (let at = from; at < to; at++) gone.add(at);
    const from = this.#given;
    this.#given = this.lines.length;
    return this.lines
      .filter((_, at) => at >= from && !gone.has(at))
      .join('\n')
      .trim();
  }

  #all(): readonly Asked[] {
    this.#asked ??= askedIn(this.lines);
    return this.#asked;
  }
}
