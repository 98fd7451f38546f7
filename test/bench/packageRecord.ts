import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeFile, fileDigest } from '../../src/journal/files.ts';
import { plainTextDigest } from '../../src/journal/parts.ts';
import { JournalWriter } from '../../src/journal/writer.ts';
import type { Origin } from '../../src/provenance/origin.ts';
import { Seeded } from '../support/seeded.ts';

const utf8 = { encoding: 'utf-8', bom: false, eol: '\n' } as const;
const initial: Origin = { kind: 'initial', basis: 'asserted', rule: 'baseline' };
const typed: Origin = { kind: 'typed', basis: 'asserted', rule: 'keyboard' };
const completed: Origin = { kind: 'ai.completion', basis: 'asserted', rule: 'mark.commit' };
const words = 'steppe wind ветер дала and the return жол lamp harbour came went she дождь көл night'.split(' ');

/** A folder that the product itself recorded, made from a seed. */
export class BenchRecord {
  readonly #root = realpathSync(mkdtempSync(join(tmpdir(), 'holograph-bench-')));
  readonly home = join(this.#root, 'home');
  readonly folder = join(this.#root, 'Work');
  readonly #random = new Seeded(6);
  readonly #start = Date.UTC(2026, 0, 5, 4);
  #acts = 0;

  /** A manuscript of about so many characters, written in one file by so many acts: keys, words taken back, AI text. */
  static async manuscript(acts: number, characters: number): Promise<BenchRecord> {
    const record = new BenchRecord();
    await record.#record(
      ['book.md'],
      () => '',
      async writer => {
        // Of a hundred acts some eight take a character back, and AI texts make up what keys alone do not bring.
        const long = Math.max(1, Math.round((characters - 0.84 * acts) / (0.015 * acts)));
        await record.#write(writer, 1, 'book.md', '', acts, long);
      },
    );
    return record;
  }

  /** So many files of code, each there before and then worked on by some acts. */
  static async code(files: number, acts: number): Promise<BenchRecord> {
    const record = new BenchRecord();
    const paths = Array.from({ length: files }, (_, i) => `src/part${i % 40}/file${i}.ts`);
    const text = (i: number) =>
      Array.from({ length: 60 }, (_, n) => `export function ${record.#word(i)}${i}_${n}() { return ${n}; }\n`).join('');
    const texts = new Map(paths.map((path, i) => [path, text(i)]));
    await record.#record(
      paths,
      path => texts.get(path)!,
      async writer => {
        for (const [i, path] of paths.entries()) await record.#write(writer, i + 1, path, texts.get(path)!, acts, 40);
      },
    );
    return record;
  }

  private constructor() {
    mkdirSync(this.folder);
  }

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }

  async #record(
    paths: readonly string[],
    text: (path: string) => string,
    work: (writer: JournalWriter) => Promise<void>,
  ): Promise<void> {
    const about = { title: { en: 'A Bench' }, authors: [{ name: 'A. Author' }], kind: 'literary', languages: ['en'] };
    writeFileSync(join(this.folder, 'holograph.json'), JSON.stringify({ ...about, files: paths }));
    for (const path of paths) {
      mkdirSync(join(this.folder, path, '..'), { recursive: true });
      writeFileSync(join(this.folder, path), text(path));
    }
    const writer = await JournalWriter.open({
      worker: new URL('../../src/journal/worker.ts', import.meta.url),
      home: this.home,
      folder: this.folder,
      consent: 'command',
      software: 'holograph/0.1.0',
      editor: 'bench',
      platform: 'bench',
      channels: [],
      unreachable: [],
    });
    await writer.baseline(paths, initial, 'baseline');
    await work(writer);
    await writer.flush();
    await writer.close();
  }

  async #write(
    writer: JournalWriter,
    tracker: number,
    path: string,
    begin: string,
    acts: number,
    long: number,
  ): Promise<void> {
    const observation = { by: 'open' } as const;
    const opened = await writer.openDocument({
      tracker,
      path,
      text: begin,
      format: utf8,
      origin: initial,
      observation,
    });
    const { document } = opened;
    let { version } = opened;
    // In parts of some thousand letters, so that a change moves little of what stands behind it.
    const text = new Parts(begin);
    let at = text.length;
    let word = '';
    for (let i = 0; i < acts; i++) {
      const act = this.#random.below(1000);
      if (act < 12) at = this.#random.below(text.length + 1);
      const back = act >= 920 && at > 0;
      const machine = act >= 12 && act < 27;
      if (word === '') word = `${this.#word(i)}${act % 9 === 0 ? '.\n' : ' '}`;
      const insert = back ? '' : machine ? this.#sentence(long) : word[0]!;
      if (!back && !machine) word = word.slice(1);
      const from = back ? at - 1 : at;
      text.replace(from, at, insert);
      version++;
      writer.append(
        {
          kind: 'changed',
          document,
          tracker,
          version,
          changes: [{ from, to: at }],
          first: writer.serials(insert.length),
          placement: 'insert',
          findings: insert === '' ? [] : [{ length: insert.length, ...(machine ? completed : typed) }],
          observation: { by: 'editor', ...(machine ? { mark: 'mark.commit' } : { selection: 'keyboard' }) },
        },
        [insert],
        this.#start + this.#acts++ * 2_000,
      );
      at = from + insert.length;
      if (i % 4096 === 0) await writer.flush();
    }
    const end = text.toString();
    const bytes = encodeFile(end, utf8);
    writeFileSync(join(this.folder, path), bytes);
    const digests = { textDigest: plainTextDigest(end), fileDigest: fileDigest(bytes) };
    writer.append({ kind: 'saved', document, tracker, format: utf8, ...digests });
    writer.append({ kind: 'closed', document, tracker });
  }

  #word(i: number): string {
    return words[(i + this.#random.below(words.length)) % words.length]!;
  }

  #sentence(length: number): string {
    let said = '';
    while (said.length < length) said += `${this.#word(said.length)} `;
    return `${said.slice(0, length - 1)}.`;
  }
}

/** A text that is changed often. */
class Parts {
  #parts: string[];
  length: number;

  constructor(text: string) {
    this.#parts = [text];
    this.length = text.length;
  }

  replace(from: number, to: number, insert: string): void {
    let [part, before] = [0, 0];
    while (before + this.#parts[part]!.length < from) before += this.#parts[part++]!.length;
    while (to > before + this.#parts[part]!.length) {
      const next = this.#parts.splice(part + 1, 1)[0];
      if (next === undefined) throw new RangeError(`${to} of ${this.length}`);
      this.#parts[part] += next;
    }
    const old = this.#parts[part]!;
    const now = old.slice(0, from - before) + insert + old.slice(to - before);
    if (now.length > 4000) this.#parts.splice(part, 1, now.slice(0, 2000), now.slice(2000));
    else this.#parts[part] = now;
    this.length += insert.length - (to - from);
  }

  toString(): string {
    return this.#parts.join('');
  }
}
